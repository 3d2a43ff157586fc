import type { WechatAccount } from './account.js';
import { WechatError } from './wechat-error.js';

/** Refund calls that fail, per merchant and second (protocol §5). */
const MOST_FAILING = 6;

/** Counts refused refund calls of strict merchants: of those above the limit nobody learns why they were refused. */
export class FailingRefunds {
  private readonly counted = new Map<string, { readonly second: number; readonly calls: number }>();

  /** What a refused call is answered with at `now` on the sandbox's clock. */
  judged(refusal: WechatError, { name, strict }: Pick<WechatAccount, 'name' | 'strict'>, now: Date): WechatError {
    if (!strict) return refusal;
    const second = Math.floor(now.getTime() / 1_000);
    const before = this.counted.get(name);
    const calls = before?.second === second ? before.calls + 1 : 1;
    this.counted.set(name, { second, calls });
    return calls > MOST_FAILING ? tooFrequent() : refusal;
  }
}

export const tooFrequent = (): WechatError =>
  new WechatError(429, 'FREQUENCY_LIMITED', '频率超限，请稍后重试', { internal: 268447840 });
