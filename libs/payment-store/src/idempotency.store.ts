import type { Claim, IdempotencyStore, StoredAnswer } from '@hutong/payment-core';
import { claimKey, purgeKeys, releaseKey } from './claim-key.sql.js';
import type { PrismaClient } from './generated/client.js';

export class IdempotencyStoreOnPrisma implements IdempotencyStore {
  constructor(private readonly client: PrismaClient) {}

  async claim(app: string, key: string, fingerprint: string, leaseMs: number): Promise<Claim> {
    const lease = await claimKey(this.client, app, key, fingerprint, leaseMs);
    if (lease !== undefined) return { outcome: 'claimed', lease };
    const held = await this.client.idempotencyKey.findUnique({ where: { app_key: { app, key } } });
    // Released between the two statements: the caller may ask again, which is what "running" says.
    if (held === null) return { outcome: 'running' };
    if (held.fingerprint !== fingerprint) return { outcome: 'mismatch' };
    if (held.status === null || held.body === null) return { outcome: 'running' };
    return { outcome: 'replay', answer: { status: held.status, body: held.body } };
  }

  /** The first answer stays: a holder who lost its lease cannot change what others were told. */
  async complete(app: string, key: string, { status, body }: StoredAnswer): Promise<void> {
    await this.client.idempotencyKey.updateMany({ where: { app, key, status: null }, data: { status, body } });
  }

  release(app: string, key: string, lease: string): Promise<void> {
    return releaseKey(this.client, app, key, lease);
  }

  purge(): Promise<number> {
    return purgeKeys(this.client);
  }
}
