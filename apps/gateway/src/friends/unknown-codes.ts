import { PaymentProblem } from '@hutong/payment-core';
import { Refusal } from '../http/refusal.js';

/** Codes that an app may ask for in a minute without finding anything. Chats get codes wrong; nobody does so often. */
export const MOST_UNKNOWN_CODES = 300;
const MINUTE_MS = 60_000;

interface Minute {
  readonly began: number;
  /** Look-ups that found nothing, and those still under way. */
  missed: number;
}

/**
 * Keeps codes from being found by trying. What is found costs nothing, so that an app is free to resolve whatever its customers paste;
 * what is under way counts, so that many at once gain nothing. Counted in this process's memory, an entry for each app.
 */
export class UnknownCodes {
  readonly #minutes = new Map<string, Minute>();

  /** @param now milliseconds of a clock that only goes forward */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** @throws Refusal 429 `too_many_unknown_codes`, and nothing is looked up; what `look` throws */
  async counted<T>(app: string, look: () => Promise<T>): Promise<T> {
    const minute = this.#minuteOf(app);
    if (minute.missed >= MOST_UNKNOWN_CODES) throw tooMany();
    minute.missed += 1;
    try {
      const found = await look();
      minute.missed -= 1;
      return found;
    } catch (error) {
      if (!isUnknown(error)) minute.missed -= 1;
      throw error;
    }
  }

  #minuteOf(app: string): Minute {
    const now = this.now();
    const running = this.#minutes.get(app);
    if (running !== undefined && now - running.began < MINUTE_MS) return running;
    const minute = { began: now, missed: 0 };
    this.#minutes.set(app, minute);
    return minute;
  }
}

function isUnknown(error: unknown): boolean {
  return error instanceof PaymentProblem && error.code === 'text_code_unknown';
}

function tooMany(): Refusal {
  const detail = `More than ${MOST_UNKNOWN_CODES} codes a minute that nobody shared; try again in a minute.`;
  return new Refusal(429, 'too_many_unknown_codes', detail);
}
