import { Inject, Injectable } from '@nestjs/common';
import type { CoreContext } from '@hutong/payment-core';
import { CORE } from '../tokens.js';
import { within } from '../within.js';

/** A probe waits no longer: a database that takes as long is not one to send payers to. */
const PATIENCE_MS = 2_000;

/** What must hold before requests are sent here; undefined: it does. */
export interface Readiness {
  readonly database: string | undefined;
  readonly schema: string | undefined;
  readonly keys: string | undefined;
}

/** Asks the database each time. That its schema is ours and that our key opens its secrets, once: neither changes back. */
@Injectable()
export class ReadinessCheck {
  private schemaHolds = false;
  private keysHold = false;

  constructor(@Inject(CORE) private readonly core: CoreContext) {}

  async now(): Promise<Readiness> {
    const database = await complaint('does not answer', this.core.stores.ping());
    if (database !== undefined) return { database, schema: undefined, keys: undefined };
    return { database, schema: await this.schema(), keys: await this.keys() };
  }

  private async schema(): Promise<string | undefined> {
    if (this.schemaHolds) return undefined;
    const wrong = await complaint('lacks migrations', this.requireSchema());
    this.schemaHolds = wrong === undefined;
    return wrong;
  }

  private async requireSchema(): Promise<void> {
    const pending = await this.core.stores.operation.pendingMigrations();
    if (pending.length > 0) throw new Error(`The database lacks ${pending.join(', ')}.`);
  }

  private async keys(): Promise<string | undefined> {
    if (this.keysHold) return undefined;
    const wrong = await complaint('do not open the accounts', this.openAnAccount());
    this.keysHold = wrong === undefined;
    return wrong;
  }

  /** One is enough: all are sealed under the same key. */
  private async openAnAccount(): Promise<void> {
    const { config } = this.core.stores;
    for (const { id } of await config.listApps()) if ((await config.listAccounts(id)).length > 0) return;
  }
}

async function complaint(words: string, work: Promise<unknown>): Promise<string | undefined> {
  try {
    await within(PATIENCE_MS, work);
    return undefined;
  } catch {
    return words;
  }
}
