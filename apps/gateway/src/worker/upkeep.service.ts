import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { keepUp, type CoreContext } from '@hutong/payment-core';
import { CORE } from '../tokens.js';
import { Rounds } from './rounds.js';

/** How often connections are asked whether anything is due; how often that is, they say. */
const TICK_MS = 60_000;

/** In both roles: the keys that a connection learns are those of its own process, and the API verifies with them too. */
@Injectable()
export class UpkeepService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly rounds: Rounds;

  constructor(@Inject(CORE) core: CoreContext) {
    this.rounds = new Rounds(() => keepUp(core), TICK_MS);
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
  }
}
