import { createHash } from 'node:crypto';
import { ControlError } from '../frame/control-error.js';

/**
 * Which of WeChat Pay's keys a merchant verifies with (protocol §2.3): platform certificates, the WeChat Pay public key,
 * or both while the merchant changes from one to the other.
 */
export const VERIFY_MODES = ['certificate', 'switching', 'public_key'] as const;

export type VerifyMode = (typeof VERIFY_MODES)[number];

export type KeyKind = 'certificate' | 'public_key';

/** What a key mode decides by. */
export interface KeyMode {
  readonly verify_mode: VerifyMode;
  /** When the merchant enabled the switch, on the sandbox's clock; null in the other modes. */
  readonly switched_at: string | null;
}

/**
 * The next step from certificates to the public key, as the merchant takes it in the console: enabled at `now`, completed
 * whenever it likes. @throws ControlError 409 for a step that is not next
 */
export function switched({ verify_mode: mode }: KeyMode, complete: boolean, now: Date): KeyMode {
  if (mode === 'public_key') throw new ControlError(409, 'The merchant has the public key already: nothing to switch.');
  if (complete && mode === 'certificate')
    throw new ControlError(409, 'The merchant is not switching: begin without `complete`.');
  if (!complete && mode === 'switching')
    throw new ControlError(409, 'The merchant is switching: {"complete": true} ends it.');
  return complete
    ? { verify_mode: 'public_key', switched_at: null }
    : { verify_mode: 'switching', switched_at: now.toISOString() };
}

export const PUBLIC_KEY_PREFIX = 'PUB_KEY_ID_';

/** The key of an answer. Before the switch the request's `Wechatpay-Serial` has no effect, during it it decides. */
export function keyOfAnswer({ verify_mode: mode }: KeyMode, askedFor: string | undefined): KeyKind {
  if (mode !== 'switching') return mode;
  return askedFor?.startsWith(PUBLIC_KEY_PREFIX) ? 'public_key' : 'certificate';
}

/** The key of a notification: during the switch, a share of them that grows by the day. */
export function keyOfNotification({ verify_mode: mode, switched_at: since }: KeyMode, id: string, now: Date): KeyKind {
  if (mode !== 'switching') return mode;
  return lotOf(id) < shareAt(since ?? now.toISOString(), now) ? 'public_key' : 'certificate';
}

/** Day 1 to 7 of the switch: 0.1, 1, 5, 10, 20, 50, 100 % of notifications carry the public key (protocol §2.3). */
const SHARES = [0.001, 0.01, 0.05, 0.1, 0.2, 0.5, 1];
const A_DAY_MS = 86_400_000;

function shareAt(since: string, now: Date): number {
  const day = Math.max(0, Math.floor((now.getTime() - Date.parse(since)) / A_DAY_MS));
  return SHARES[day] ?? 1;
}

/** From 0 to 1, always the same for an id: one that has carried the public key keeps it on the days after. */
const lotOf = (id: string): number => createHash('sha256').update(id).digest().readUInt32BE() / 2 ** 32;
