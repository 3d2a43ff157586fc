import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import {
  deliverWebhook,
  relayEvents,
  type ClaimedDelivery,
  type CoreContext,
  type WebhookSender,
} from '@hutong/payment-core';
import type { Settings } from '@hutong/settings';
import { CORE, SENDER, SETTINGS } from '../tokens.js';

/** How often the outbox and the deliveries are asked whether something is due; what is due, their rows say. */
const TICK_MS = 500;
const RELAY_BATCH = 100;
/** Exchanges of this process at a time: sockets that mostly wait, and room beside many endpoints that hang at once. */
const IN_FLIGHT = 256;
/** Exchanges with one endpoint at a time, over all processes. */
const PER_ENDPOINT = 4;
/** Longer than an exchange may take, which is 15 s. */
const LEASE_MS = 60_000;
/** What is still in flight then keeps its lease, and goes out again after it. */
const STOP_MS = 20_000;

const wallClock = { now: () => new Date() };

/**
 * The worker's webhooks: relays the outbox, then sends what is due. Exchanges run beside the rounds, so that an endpoint that
 * takes its fifteen seconds keeps no round waiting; shutdown waits for those in flight.
 */
@Injectable()
export class WebhookService implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();
  private stopped = false;
  /** A place came free while a round was running. */
  private placeFreed = false;
  private readonly inFlight = new Set<Promise<void>>();

  constructor(
    @Inject(CORE) private readonly core: CoreContext,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'role'>,
    @Inject(SENDER) private readonly sender: WebhookSender,
  ) {}

  onApplicationBootstrap(): void {
    if (this.settings.role !== 'api') this.next(TICK_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.round;
    const late = new Promise((done) => setTimeout(done, STOP_MS).unref());
    await Promise.race([Promise.all(this.inFlight), late]);
  }

  private next(ms: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.placeFreed = false;
      this.round = this.work().then((more) => this.next(more || this.placeFreed ? 0 : TICK_MS));
    }, ms);
  }

  /** A place that came free is given away at once, not at the next tick. */
  private wake(): void {
    this.placeFreed = true;
    if (this.timer === undefined) return;
    clearTimeout(this.timer);
    this.next(0);
  }

  /** True when there is more to do than this round took. */
  private async work(): Promise<boolean> {
    try {
      const relayed = await relayEvents(this.core, RELAY_BATCH);
      const claimed = await this.claim();
      for (const one of claimed) this.start(one);
      return relayed === RELAY_BATCH || claimed.length > 0;
    } catch (error) {
      this.core.report(error, { doing: 'claim webhooks' });
      return false;
    }
  }

  private async claim(): Promise<readonly ClaimedDelivery[]> {
    const limit = IN_FLIGHT - this.inFlight.size;
    if (limit <= 0) return [];
    const limits = { limit, leaseMs: LEASE_MS, perEndpoint: PER_ENDPOINT };
    return this.core.stores.webhooks.claimDeliveries(this.core.clock.now(), limits);
  }

  /** One that cannot be written down comes back when its lease ends. */
  private start(claimed: ClaimedDelivery): void {
    const exchange = deliverWebhook(this.core, { sender: this.sender, wallClock }, claimed)
      .catch((error: unknown) => this.core.report(error, { doing: 'deliver a webhook', event_id: claimed.eventId }))
      .finally(() => {
        this.inFlight.delete(exchange);
        this.wake();
      });
    this.inFlight.add(exchange);
  }
}
