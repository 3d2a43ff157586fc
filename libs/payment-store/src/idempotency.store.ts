import type { Claim, IdempotencyStore, StoredAnswer } from '@hutong/payment-core';
import { claimKey, purgeKeys, releaseKey } from './claim-key.sql.js';
import type { PrismaClient } from './generated/client.js';
import { seal, unseal } from './sealed-secrets.js';

/** Before the sealed form of an answer that shows a secret; JSON never begins like this. */
const SEALED = 'sealed:';

export class IdempotencyStoreOnPrisma implements IdempotencyStore {
  constructor(
    private readonly client: PrismaClient,
    private readonly masterKey: Buffer,
  ) {}

  async claim(app: string, key: string, fingerprint: string, leaseMs: number): Promise<Claim> {
    const lease = await claimKey(this.client, app, key, fingerprint, leaseMs);
    if (lease !== undefined) return { outcome: 'claimed', lease };
    const held = await this.client.idempotencyKey.findUnique({ where: { app_key: { app, key } } });
    // Released between the two statements: the caller may ask again, which is what "running" says.
    if (held === null) return { outcome: 'running' };
    if (held.fingerprint !== fingerprint) return { outcome: 'mismatch' };
    if (held.status === null || held.body === null) return { outcome: 'running' };
    return { outcome: 'replay', answer: { status: held.status, body: this.opened(app, key, held.body) } };
  }

  /** The first answer stays: a holder who lost its lease cannot change what others were told. */
  async complete(app: string, key: string, { status, body: text, holdsSecret = false }: StoredAnswer): Promise<void> {
    const body = holdsSecret ? SEALED + seal(this.masterKey, rowIdentity(app, key), text).toString('base64') : text;
    await this.client.idempotencyKey.updateMany({ where: { app, key, status: null }, data: { status, body } });
  }

  release(app: string, key: string, lease: string): Promise<void> {
    return releaseKey(this.client, app, key, lease);
  }

  purge(): Promise<number> {
    return purgeKeys(this.client);
  }

  private opened(app: string, key: string, body: string): string {
    if (!body.startsWith(SEALED)) return body;
    return String(unseal(this.masterKey, rowIdentity(app, key), Buffer.from(body.slice(SEALED.length), 'base64')));
  }
}

function rowIdentity(app: string, key: string): string {
  return `idempotency:${app}:${key}`;
}
