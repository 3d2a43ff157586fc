import { randomInt } from 'node:crypto';
import type { SandboxClock } from '../frame/sandbox-clock.js';
import type { PayerCodeWish } from '../frame/wire.js';
import { digits } from './identifiers.js';
import { authCodeInvalid } from './wechat-error.js';

const A_MINUTE_MS = 60_000;

export interface Issued extends PayerCodeWish {
  readonly expiresAt: Date;
  used: boolean;
}

/** The codes on payers' screens: 18 digits beginning with 10 to 15, good for a minute and one payment (protocol §3.6). */
export class PayerCodes {
  private codes = new Map<string, Issued>();

  constructor(private readonly clock: SandboxClock) {}

  issue(wish: PayerCodeWish): string {
    this.forgetExpired();
    const expiresAt = new Date(this.clock.now().getTime() + A_MINUTE_MS);
    const code = this.unusedNumber();
    this.codes.set(code, { ...wish, expiresAt, used: false });
    return code;
  }

  /** Whose code it is; it is used up by this. @throws WechatError for one that is unknown, expired or used */
  take(code: string): PayerCodeWish {
    const issued = this.codes.get(code);
    if (issued === undefined || issued.expiresAt <= this.clock.now())
      throw authCodeInvalid('101 付款码无效，请重新扫码');
    if (issued.used) throw authCodeInvalid('101 付款码无效，每个二维码仅限使用一次，请刷新再试');
    issued.used = true;
    return issued;
  }

  issued(): readonly (readonly [code: string, Issued])[] {
    return [...this.codes];
  }

  restore(codes: readonly (readonly [code: string, Issued])[]): void {
    this.codes = new Map(codes);
  }

  private forgetExpired(): void {
    const now = this.clock.now();
    this.codes = new Map([...this.codes].filter(([, { expiresAt }]) => expiresAt > now));
  }

  private unusedNumber(): string {
    const code = `1${randomInt(6)}${digits(16)}`;
    return this.codes.has(code) ? this.unusedNumber() : code;
  }
}
