import type { Clock } from '@hutong/payment-port';

/** A clock that can be let go. */
export interface BusinessClock extends Clock {
  stop(): void;
}

export const systemClock: BusinessClock = { now: () => new Date(), stop: () => undefined };

const FOLLOW_MS = 250;

/**
 * Business time that follows the sandbox's clock (`HUTONG_CLOCK=sandbox`): real time plus the offset that
 * `GET /__sandbox/clock` says. While the sandbox does not answer, the last offset holds.
 */
export async function followSandboxClock(sandboxUrl: string, report: (error: unknown) => void): Promise<BusinessClock> {
  let offsetMs = 0;
  let following = true;
  let timer: NodeJS.Timeout | undefined;
  const follow = async (): Promise<void> => {
    offsetMs = await offsetOf(sandboxUrl).catch((error: unknown) => {
      report(error);
      return offsetMs;
    });
    if (following) timer = setTimeout(() => void follow(), FOLLOW_MS).unref();
  };
  await follow();
  return {
    now: () => new Date(Date.now() + offsetMs),
    stop: () => {
      following = false;
      clearTimeout(timer);
    },
  };
}

async function offsetOf(sandboxUrl: string): Promise<number> {
  const response = await fetch(`${sandboxUrl}/__sandbox/clock`, { signal: AbortSignal.timeout(2_000) });
  const { offset_ms: offset } = (await response.json()) as { offset_ms?: unknown };
  if (!response.ok || typeof offset !== 'number') throw new Error(`The sandbox's clock answered ${response.status}.`);
  return offset;
}
