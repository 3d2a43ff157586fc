import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { watchRollouts, workDue, type CoreContext } from '@hutong/payment-core';
import type { Settings } from '@hutong/settings';
import { CORE, SETTINGS } from '../tokens.js';
import { Rounds } from './rounds.js';

/** How often the database is asked whether something is due. What is due, and when, its rows say. */
const TICK_MS = 1_000;
/** How often staged options are held against their guardrails. */
const WATCH_EVERY_MS = 10_000;
/** How often answers older than seven days are thrown away. */
const PURGE_EVERY_MS = 3_600_000;

/**
 * The gateway's worker half: rounds of their own for each provider, so that one that does not answer delays no other, and
 * for what needs none. Shutdown waits for the rounds at hand.
 */
@Injectable()
export class WorkerService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly rounds: readonly Rounds[];
  private purgedAt = 0;
  private watchedAt = 0;

  constructor(
    @Inject(CORE) private readonly core: CoreContext,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'role'>,
  ) {
    const parts = [...core.providers.installed(), undefined];
    this.rounds = [
      ...parts.map((provider) => this.every('claim due work', () => workDue(core, provider))),
      this.every('keep house', () => this.keepHouse()),
    ];
  }

  onApplicationBootstrap(): void {
    if (this.settings.role !== 'api') for (const rounds of this.rounds) rounds.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.rounds.map((rounds) => rounds.stop()));
  }

  private every(doing: string, work: () => Promise<unknown>): Rounds {
    const report = (error: unknown): void => this.core.report(error, { doing });
    return new Rounds(() => work().catch(report), TICK_MS);
  }

  private async keepHouse(): Promise<void> {
    await this.watchRollouts();
    await this.purge();
  }

  private async watchRollouts(): Promise<void> {
    if (Date.now() - this.watchedAt < WATCH_EVERY_MS) return;
    this.watchedAt = Date.now();
    await watchRollouts(this.core);
  }

  private async purge(): Promise<void> {
    if (Date.now() - this.purgedAt < PURGE_EVERY_MS) return;
    this.purgedAt = Date.now();
    await this.core.stores.idempotency.purge();
  }
}
