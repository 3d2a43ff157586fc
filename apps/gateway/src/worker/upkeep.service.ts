import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { keepUp, type CoreContext } from '@hutong/payment-core';
import { CORE } from '../tokens.js';

/** How often connections are asked whether anything is due; how often that is, they say. */
const TICK_MS = 60_000;

/** In both roles: the keys that a connection learns are those of its own process, and the API verifies with them too. */
@Injectable()
export class UpkeepService implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<unknown> = Promise.resolve();
  private stopped = false;

  constructor(@Inject(CORE) private readonly core: CoreContext) {}

  onApplicationBootstrap(): void {
    this.next();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.round;
  }

  private next(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.round = keepUp(this.core).finally(() => this.next());
    }, TICK_MS);
  }
}
