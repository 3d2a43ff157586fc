import type { Pace } from '@hutong/payment-port';
import type { Attempt, Refund } from './payment.js';

/** A provider may still be settling a payment made in the last moment before the expiry we sent. */
export const EXPIRY_GRACE_MS = 10_000;

/** How long a fresh `starting` row belongs to the request that wrote it before the worker looks after it. */
export const START_LEASE_MS = 30_000;

const DAY_MS = 86_400_000;

/** So long a provider may move a refund about: WeChat Pay gives one up after seven days. */
const REFUND_DAYS = 8;

/** Two questions planned for one moment are asked up to a tenth apart, so that what began together does not stay together. */
const JITTER = 0.1;

type Asked = Pick<Attempt, 'id' | 'checks' | 'expiresAt'>;

/**
 * The next moment to ask about an attempt: the next step of its provider's plan, never long after its expiry, when the
 * answer becomes final; and once a day, for ever, from a day after that.
 */
export function nextAttemptCheck({ id, checks, expiresAt }: Asked, pace: Pace, now: Date): Date {
  const final = expiresAt.getTime() + EXPIRY_GRACE_MS;
  if (now.getTime() >= final + DAY_MS) return daily(id, checks, now);
  const planned = now.getTime() + stepMs(pace.orderStepsS, id, checks);
  return new Date(final > now.getTime() ? Math.min(planned, final) : planned);
}

/** The same about a refund, which has no expiry: once a day when a person has been told of it. */
export function nextRefundCheck(refund: Pick<Refund, 'id' | 'checks' | 'alertedAt'>, pace: Pace, now: Date): Date {
  const { id, checks } = refund;
  if (refund.alertedAt !== undefined) return daily(id, checks, now);
  return new Date(now.getTime() + stepMs(pace.refundStepsS, id, checks));
}

/** True when a person is to be told, once: the answer should have been final a day ago. */
export function isAttemptOverdue({ expiresAt, alertedAt }: Pick<Attempt, 'expiresAt' | 'alertedAt'>, now: Date) {
  return alertedAt === undefined && now.getTime() >= expiresAt.getTime() + EXPIRY_GRACE_MS + DAY_MS;
}

/** The same about a refund: a day without a word, or longer under way than any wire takes. */
export function isRefundOverdue(refund: Refund, now: Date): boolean {
  const { status, createdAt, sendAt = createdAt, alertedAt } = refund;
  const days = status === 'processing' ? REFUND_DAYS : 1;
  return alertedAt === undefined && now.getTime() >= sendAt.getTime() + days * DAY_MS;
}

function daily(id: string, checks: number, now: Date): Date {
  return new Date(now.getTime() + spread(DAY_MS, id, checks));
}

function stepMs(stepsS: readonly number[], id: string, checks: number): number {
  const step = stepsS[Math.min(checks, stepsS.length - 1)] ?? 1_800;
  return spread(step * 1_000, id, checks);
}

/** The same id and step give the same moment in every process. */
function spread(ms: number, id: string, checks: number): number {
  return Math.round(ms * (1 - JITTER + 2 * JITTER * fraction(`${id}/${checks}`)));
}

/** FNV-1a as a fraction of one: spreads, no secret. */
function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash / 2 ** 32;
}
