import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleDestroy,
} from '@nestjs/common';
import { watchRollouts, workDue, type CoreContext } from '@hutong/payment-core';
import type { Settings } from '@hutong/settings';
import { CORE, SETTINGS } from '../tokens.js';

/** How often the database is asked whether something is due. What is due, and when, its rows say. */
const TICK_MS = 1_000;
const BATCH = 50;
/** How often staged options are held against their guardrails. */
const WATCH_EVERY_MS = 10_000;
/** How often answers older than seven days are thrown away. */
const PURGE_EVERY_MS = 3_600_000;

/** The gateway's worker half: one round after the other until shutdown, which waits for the round at hand. */
@Injectable()
export class WorkerService implements OnApplicationBootstrap, OnModuleDestroy, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();
  private stopped = false;
  private purgedAt = 0;
  private watchedAt = 0;

  constructor(
    @Inject(CORE) private readonly core: CoreContext,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'role'>,
  ) {}

  onApplicationBootstrap(): void {
    if (this.settings.role !== 'api') this.next();
  }

  /** The first thing of a shutdown: nothing more is claimed while the last requests are answered. */
  onModuleDestroy(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.round;
  }

  private next(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.round = this.work().finally(() => this.next());
    }, TICK_MS);
  }

  private async work(): Promise<void> {
    try {
      while (!this.stopped && (await workDue(this.core, BATCH)) >= BATCH);
      await this.watchRollouts();
      await this.purge();
    } catch (error) {
      this.core.report(error, { doing: 'claim due work' });
    }
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
