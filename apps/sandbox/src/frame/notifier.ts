import { randomUUID } from 'node:crypto';
import { Agent, fetch } from 'undici';
import type { BodySpoiling } from './body-spoiling.js';
import type { FaultRule, Tamperings } from './fault-rule.js';
import { type Faults, tamperingsOf } from './faults.js';
import type { Provider } from './provider.js';
import { clipped } from './request-log.js';
import { Ring } from './ring.js';
import type { SandboxClock } from './sandbox-clock.js';

/** Both wallets wait about this long for the merchant's answer. */
const ANSWER_WITHIN_MS = 5_000;

/** How long a notification that should be overtaken waits for another one. */
const HELD_FOR_MS = 10_000;

/** What goes out in one attempt. */
export interface OutgoingNotification {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A notification to deliver until the merchant accepts it or the ladder ends. */
export interface NotificationPlan {
  readonly provider: Provider;
  readonly account: string;
  /** The trade's reference, for fault rules and the record. */
  readonly reference: string;
  readonly url: string;
  /** Called afresh for every attempt: new timestamp, nonce and signature each time. `Content-Type` is one of its headers. */
  build(tamperings: Tamperings, spoiling: BodySpoiling): OutgoingNotification | Promise<OutgoingNotification>;
  /** Whether the merchant's answer counts as taken. */
  accepted(status: number, body: string): boolean;
  /** Wait before each retry, ms. */
  readonly ladder: readonly number[];
  /** What the wire's `notification` makes this plan of again, as JSON; absent: a snapshot forgets it. */
  readonly memo?: unknown;
}

/** A notification on its way, as a snapshot keeps it. */
export interface PendingNotification {
  readonly id: string;
  readonly provider: Provider;
  readonly attempt: number;
  /** When this attempt is due; one under way is due again. */
  readonly at: Date;
  readonly memo: unknown;
}

/** One attempt, as `GET /__sandbox/notifications` shows it. */
export interface Delivery {
  /** The same for all attempts of one notification. */
  readonly id: string;
  readonly provider: Provider;
  readonly account: string;
  readonly reference: string;
  readonly url: string;
  readonly attempt: number;
  readonly at: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly status: number | null;
  readonly answer: string | null;
  readonly verdict: 'accepted' | 'refused' | 'unreachable' | 'dropped';
  readonly reason: string | null;
  readonly faults: readonly string[];
  readonly duplicate: boolean;
  next_attempt_at: string | null;
}

interface Sending {
  readonly id: string;
  readonly plan: NotificationPlan;
  readonly attempt: number;
  readonly fired: readonly FaultRule[];
}

type Outcome = Pick<Delivery, 'status' | 'answer' | 'verdict' | 'reason'>;

/** Delivers notifications over real HTTP, retrying on the sandbox's clock. */
export class Notifier {
  private readonly ring = new Ring<Delivery>({ items: 500, bytes: 8 * 1_048_576, weigh: ({ body }) => body.length });
  /** A connection per attempt: one that the merchant closed meanwhile must not look like a merchant that is down. */
  private readonly agent = new Agent({ maxResponseSize: 1_048_576, pipelining: 0 });

  private readonly underWay = new Map<string, { plan: NotificationPlan; id: string; attempt: number; at: Date }>();
  /** What a `reorder` rule keeps back. */
  private held: Sending | undefined;

  constructor(
    private readonly clock: SandboxClock,
    private readonly faults: Faults,
  ) {}

  /** Starts at once and does not wait: `clock.settled()` does. */
  send(plan: NotificationPlan): void {
    this.start(plan, randomUUID(), 1);
  }

  /** What is under way or will be tried again. */
  pending(): readonly PendingNotification[] {
    return [...this.underWay.values()]
      .filter(({ plan }) => plan.memo !== undefined)
      .map(({ plan, id, attempt, at }) => ({ id, provider: plan.provider, attempt, at, memo: plan.memo }));
  }

  /** Goes on where another sandbox was stopped. */
  resume(plan: NotificationPlan, { id, attempt, at }: Pick<PendingNotification, 'id' | 'attempt' | 'at'>): void {
    this.retryAt(at, plan, id, attempt);
  }

  deliveries(): readonly Delivery[] {
    return this.ring.all();
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private start(plan: NotificationPlan, id: string, attempt: number): void {
    const fired = this.faults.take({
      provider: plan.provider,
      operation: 'notification',
      references: [plan.reference],
    });
    const sending: Sending = { id, plan, attempt, fired };
    this.underWay.set(id, { plan, id, attempt, at: this.clock.now() });
    const reorder = fired.find((rule) => rule.action === 'reorder');
    const lag = fired.find((rule) => rule.action === 'lag');
    if (reorder !== undefined && this.held === undefined) this.hold(sending, reorder.ms ?? HELD_FOR_MS);
    else if (lag === undefined) void this.clock.track(this.attempt(sending).then(() => this.release(this.held)));
    else this.clock.schedule(this.later(lag.ms ?? 1_000), () => this.attempt(sending));
  }

  /** Until the next notification, which overtakes it; at last until `ms` have passed on the sandbox's clock. */
  private hold(sending: Sending, ms: number): void {
    this.held = sending;
    this.clock.schedule(this.later(ms), () => this.release(sending));
  }

  private async release(sending: Sending | undefined): Promise<void> {
    if (sending === undefined || this.held !== sending) return;
    this.held = undefined;
    await this.attempt(sending);
  }

  private async attempt(sending: Sending): Promise<void> {
    const delivery = await this.deliver(sending, false);
    if (sending.fired.some((rule) => rule.action === 'duplicate')) await this.deliver(sending, true);
    const { plan, id, attempt } = sending;
    const wait = plan.ladder[attempt - 1];
    this.underWay.delete(id);
    if (delivery.verdict === 'accepted' || wait === undefined) return;
    const at = this.later(wait);
    delivery.next_attempt_at = at.toISOString();
    this.retryAt(at, plan, id, attempt + 1);
  }

  private retryAt(at: Date, plan: NotificationPlan, id: string, attempt: number): void {
    this.underWay.set(id, { plan, id, attempt, at });
    this.clock.schedule(at, () => this.start(plan, id, attempt));
  }

  private async deliver({ id, plan, attempt, fired }: Sending, duplicate: boolean): Promise<Delivery> {
    const { headers, body } = await plan.build(tamperingsOf(fired), this.faults.spoiling(plan.provider, fired));
    const at = this.clock.now().toISOString();
    const dropped = fired.some((rule) => rule.action === 'drop');
    const outcome = dropped ? DROPPED : await this.post(plan, headers, body);
    return this.ring.add({
      id,
      provider: plan.provider,
      account: plan.account,
      reference: plan.reference,
      url: plan.url,
      attempt,
      at,
      headers,
      body: clipped(body),
      ...outcome,
      faults: fired.map((rule) => rule.action),
      duplicate,
      next_attempt_at: null,
    });
  }

  /** Redirects are not followed: neither wallet documents that it would. */
  private async post(
    plan: NotificationPlan,
    headers: Readonly<Record<string, string>>,
    body: string,
  ): Promise<Outcome> {
    try {
      const response = await fetch(plan.url, {
        method: 'POST',
        headers,
        body,
        redirect: 'manual',
        dispatcher: this.agent,
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      const answer = await response.text();
      const taken = plan.accepted(response.status, answer);
      const reason = taken ? null : 'the answer is not one that the wallet takes for success';
      return {
        status: response.status,
        answer: answer.slice(0, 1_000),
        verdict: taken ? 'accepted' : 'refused',
        reason,
      };
    } catch (cause) {
      return { status: null, answer: null, verdict: 'unreachable', reason: reasonOf(cause) };
    }
  }

  private later(ms: number): Date {
    return new Date(this.clock.now().getTime() + ms);
  }
}

const DROPPED: Outcome = { status: null, answer: null, verdict: 'dropped', reason: 'a fault rule dropped it' };

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause instanceof Error ? `${cause.message}: ${cause.cause.message}` : cause.message;
}
