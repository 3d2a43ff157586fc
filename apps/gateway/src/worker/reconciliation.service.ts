import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { reconcileDue, scheduleReconciliations, type CoreContext } from '@hutong/payment-core';
import type { Settings } from '@hutong/settings';
import { CORE, SETTINGS } from '../tokens.js';
import { Rounds } from './rounds.js';

/** How often the database is asked whether a day is due. */
const TICK_MS = 1_000;
/** How often it is looked whether another day has ended. */
const SCHEDULE_EVERY_MS = 10_000;

/**
 * Reconciles days that are due, beside the worker's other rounds: a large statement takes minutes, and payments must not
 * wait for it. Shutdown breaks a run off at its next batch; the day is then due for the next worker.
 */
@Injectable()
export class ReconciliationService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly rounds = new Rounds(() => this.work(), TICK_MS);
  private scheduledAt = 0;
  private readonly stop = new AbortController();

  constructor(
    @Inject(CORE) private readonly core: CoreContext,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'role' | 'reconcileDays'>,
  ) {}

  onApplicationBootstrap(): void {
    if (this.settings.role !== 'api') this.rounds.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.rounds.stop();
  }

  private async work(): Promise<void> {
    try {
      await this.schedule();
      while (!this.stop.signal.aborted && (await reconcileDue(this.core, this.stop.signal)));
    } catch (error) {
      this.core.report(error, { doing: 'reconcile' });
    }
  }

  private async schedule(): Promise<void> {
    if (Date.now() - this.scheduledAt < SCHEDULE_EVERY_MS) return;
    this.scheduledAt = Date.now();
    await scheduleReconciliations(this.core, this.settings.reconcileDays);
  }
}
