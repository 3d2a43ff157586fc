import type { Server } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Stores } from '@hutong/payment-core';
import type { Settings } from '@hutong/settings';
import type { Draining } from './draining.js';

/** How long the database may take to close after the deadline. */
const LAST_MS = 1_000;

export interface Stopping {
  readonly app: NestFastifyApplication;
  readonly draining: Draining;
  readonly stores: Pick<Stores, 'close'>;
  readonly settings: Pick<Settings, 'shutdownGraceMs' | 'shutdownDeadlineMs'>;
}

/**
 * Stops in this order: not ready any more, a pause in which whoever balances load may notice, no new connections, the
 * requests and the worker's round at hand to their end, the database last.
 * @returns `clean`, or `cut` when the deadline came first
 */
export async function stopGracefully({ app, draining, stores, settings }: Stopping): Promise<'clean' | 'cut'> {
  const deadline = setTimeout(settings.shutdownDeadlineMs, 'cut' as const);
  draining.begin();
  const ended = await Promise.race([orderly(app, settings.shutdownGraceMs), deadline]);
  if (ended === 'clean') await Promise.race([stores.close(), deadline]);
  else await cutOff(app, stores);
  return ended;
}

async function orderly(app: NestFastifyApplication, graceMs: number): Promise<'clean'> {
  await setTimeout(graceMs);
  await app.close();
  return 'clean';
}

/** What still runs is left where the database knows it: the next process asks the providers about it. */
async function cutOff(app: NestFastifyApplication, stores: Pick<Stores, 'close'>): Promise<void> {
  (app.getHttpServer() as Server).closeAllConnections();
  await Promise.race([stores.close(), setTimeout(LAST_MS)]);
}
