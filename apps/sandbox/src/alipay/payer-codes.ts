import { randomInt } from 'node:crypto';
import type { SandboxClock } from '../frame/sandbox-clock.js';
import { tradeRefusal } from './gateway-refusal.js';

/** How long the app shows one code before it draws the next. Only strict merchants hold payers to it. */
const SHOWN_FOR_MS = 60_000;

/** A code on a payer's screen (付款码). */
export interface PayerCode {
  readonly userId: string;
  /** The wallet will ask for the password whatever the amount. */
  readonly passwordFirst: boolean;
  readonly shownAt: number;
  /** It has been paid with, or tried. */
  spent: boolean;
}

/** The codes that payers' phones have shown; nothing else is a payer's code. */
export class PayerCodes {
  private readonly codes = new Map<string, PayerCode>();

  constructor(private readonly clock: SandboxClock) {}

  /** @returns 18 digits beginning with 28: real ones have 16 to 24 and begin with 25 to 30 */
  show(userId: string, passwordFirst: boolean): string {
    const half = (): string => String(randomInt(100_000_000)).padStart(8, '0');
    const code = `28${half()}${half()}`;
    this.codes.set(code, { userId, passwordFirst, shownAt: this.clock.now().getTime(), spent: false });
    return code;
  }

  all(): readonly (readonly [code: string, PayerCode])[] {
    return [...this.codes];
  }

  restore(codes: readonly (readonly [code: string, PayerCode])[]): void {
    for (const [code, shown] of codes) this.codes.set(code, shown);
  }

  /** Whose code this is, good for one payment. @throws GatewayRefusal ACQ.PAYMENT_AUTH_CODE_INVALID */
  read(code: string, strict: boolean): PayerCode {
    const shown = this.codes.get(code);
    const late = strict && this.clock.now().getTime() - (shown?.shownAt ?? 0) > SHOWN_FOR_MS;
    if (shown === undefined || shown.spent || late) throw tradeRefusal('PAYMENT_AUTH_CODE_INVALID');
    return shown;
  }
}
