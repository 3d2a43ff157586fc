import { NotReached, type Clock } from '@hutong/payment-port';
import type { HttpAnswer } from '@hutong/provider-kit';

/** How long the second host goes first after it answered in place of a first one that did not. */
const PASSED_OVER_MS = 60_000;

type Tried = { readonly answer: HttpAnswer } | { readonly error: unknown };

/**
 * WeChat Pay's main host and the remote one that stands in for it; the same interface on both. A call goes to the second
 * when the first one was not reached, and, where repeating it is safe, when the first gave no answer of its own: a
 * time-out, a reset, 502, 503. Nothing is ever sent twice to one host.
 */
export class Hosts {
  #passedOverUntil = 0;

  constructor(
    private readonly origins: readonly string[],
    private readonly clock: Clock,
  ) {}

  /**
   * Sends to one host, then perhaps to the other. `isRepeatable`: WeChat Pay makes one thing of the same request, however
   * often it comes.
   * @throws what `sendTo` threw: `NotReached` only when neither host was reached
   */
  async send(isRepeatable: boolean, sendTo: (origin: string) => Promise<HttpAnswer>): Promise<HttpAnswer> {
    const [first, second] = this.#inOrder();
    const tried = await attempt(() => sendTo(first ?? ''));
    if (second === undefined || !goesOn(tried, isRepeatable)) return outcomeOf(tried);
    const again = await attempt(() => sendTo(second));
    if (isSilent(again)) return outcomeOf(isUnsent(again) ? tried : again);
    this.#prefer(second);
    return outcomeOf(isUnsent(tried) || speaksForBoth(again) ? again : tried);
  }

  #inOrder(): readonly string[] {
    return this.clock.now().getTime() < this.#passedOverUntil ? this.origins.toReversed() : this.origins;
  }

  #prefer(origin: string): void {
    this.#passedOverUntil = origin === this.origins[0] ? 0 : this.clock.now().getTime() + PASSED_OVER_MS;
  }
}

async function attempt(send: () => Promise<HttpAnswer>): Promise<Tried> {
  try {
    return { answer: await send() };
  } catch (error) {
    return { error };
  }
}

function outcomeOf(tried: Tried): HttpAnswer {
  if ('error' in tried) throw tried.error;
  return tried.answer;
}

function goesOn(tried: Tried, isRepeatable: boolean): boolean {
  return isUnsent(tried) || (isRepeatable && isSilent(tried));
}

function isUnsent(tried: Tried): boolean {
  return 'error' in tried && tried.error instanceof NotReached;
}

/** Nothing came back, or only a proxy's word that nobody behind it answers. */
function isSilent(tried: Tried): boolean {
  return 'error' in tried || tried.answer.status === 502 || tried.answer.status === 503;
}

/**
 * Whether an answer tells how the same request to the other host ended as well. "Too many calls", and refusals from
 * before anything was looked up, which nobody signs, tell about themselves only.
 */
function speaksForBoth(tried: Tried): boolean {
  if ('error' in tried) return false;
  const { status, headers } = tried.answer;
  const isOwnRefusal = status >= 400 && status < 500 && !headers.has('Wechatpay-Signature');
  return status !== 429 && !isOwnRefusal;
}
