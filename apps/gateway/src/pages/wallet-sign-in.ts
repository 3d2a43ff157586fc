import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { payerFromCode, payerSignInUrl, type CoreContext } from '@hutong/payment-core';
import { NotReached, OutcomeUnknown, Rejected, type Method, type Scene } from '@hutong/payment-port';
import type { Settings } from '@hutong/settings';
import type { GatewayReply, GatewayRequest } from '../http/request.js';
import { CORE, SETTINGS } from '../tokens.js';
import { seal, setCookie, unseal, type CookieScope } from './page-cookies.js';

const COOKIE = 'hutong_sign_in';
/** As long as somebody may take over a wallet's sign-in, and as long as its answer is kept. */
const LIFE_SECONDS = 600;

/** Who signs in, at which wallet's account, and on which page. */
export interface SignInPlace {
  readonly app: string;
  readonly provider: string;
  /** The page's own path. */
  readonly path: string;
  /** The secret of the visitor's browser: a sign-in belongs to the browser that began it. */
  readonly visitor: string;
}

/** What the browser carries for us: first the question, later the answer. */
interface Carried {
  readonly state?: string;
  readonly openid?: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/**
 * Learns who is in front of a page in the wallet's own browser. What is learnt stays in a sealed cookie of that page for ten minutes,
 * and stands in no address and no database of ours beside the order that it is for.
 */
@Injectable()
export class WalletSignIn {
  constructor(
    @Inject(CORE) private readonly core: CoreContext,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Whether a wallet wants to know the payer's id there before it takes an order. */
  isNeeded({ scenes }: Pick<Method, 'scenes'>, scene: Scene): boolean {
    return scenes[scene] === 'wallet_browser';
  }

  /** The site of the sign-in; undefined when the account has none. */
  async origin({ app, provider, path }: Omit<SignInPlace, 'visitor'>): Promise<string | undefined> {
    const url = await payerSignInUrl(this.core, { app, provider, returnUrl: this.returnUrl(path, ''), state: '-' });
    return url === undefined ? undefined : new URL(url).origin;
  }

  /** Where to send the browser; undefined when the account can't ask. */
  async begin(reply: GatewayReply, place: SignInPlace, query: string): Promise<string | undefined> {
    const state = randomBytes(24).toString('base64url');
    const { app, provider, path } = place;
    const url = await payerSignInUrl(this.core, { app, provider, returnUrl: this.returnUrl(path, query), state });
    if (url !== undefined) this.keep(reply, place, { state, until: this.later() });
    return url;
  }

  /**
   * Takes the wallet's answer. The state is good once: the answer takes its place in the cookie.
   * @returns undefined for an answer that this browser did not ask for, too late, or without a code
   * @throws what `payerFromCode` throws
   */
  private async finish(request: GatewayRequest, reply: GatewayReply, place: SignInPlace): Promise<string | undefined> {
    const { code, state } = request.query as Readonly<Record<string, unknown>>;
    const asked = this.carried(request, place)?.state;
    this.keep(reply, place, { until: this.later() });
    if (asked === undefined || typeof state !== 'string' || !isSame(asked, state)) return undefined;
    if (typeof code !== 'string' || code === '') return undefined;
    const openid = await payerFromCode(this.core, { app: place.app, provider: place.provider, code });
    this.keep(reply, place, { openid, until: this.later() });
    return openid;
  }

  /** The same where a wallet that does not tell is no reason for more than another try. */
  async finishOrNobody(request: GatewayRequest, reply: GatewayReply, place: SignInPlace): Promise<string | undefined> {
    try {
      return await this.finish(request, reply, place);
    } catch (error) {
      if (!(error instanceof Rejected || error instanceof NotReached || error instanceof OutcomeUnknown)) throw error;
      this.core.report(error, { doing: 'learn who pays', provider: place.provider });
      return undefined;
    }
  }

  /** Who signed in a moment ago. */
  payer(request: GatewayRequest, place: SignInPlace): string | undefined {
    return this.carried(request, place)?.openid;
  }

  private carried(request: GatewayRequest, place: SignInPlace): Carried | undefined {
    const carried = unseal(this.core, contextOf(place), request.cookies[COOKIE]) as Carried | undefined;
    return carried !== undefined && carried.until > this.core.clock.now().getTime() ? carried : undefined;
  }

  private keep(reply: GatewayReply, place: SignInPlace, carried: Carried): void {
    const scope: CookieScope = { path: place.path, publicUrl: this.settings.publicUrl };
    const value = seal(this.core, contextOf(place), carried);
    setCookie(reply, scope, { name: COOKIE, value, seconds: LIFE_SECONDS });
  }

  private later(): number {
    return this.core.clock.now().getTime() + LIFE_SECONDS * 1_000;
  }

  private returnUrl(path: string, query: string): string {
    return `${this.settings.publicUrl}${path}/wechat${query}`;
  }
}

const contextOf = ({ app, provider, path, visitor }: SignInPlace) => ['sign_in', app, provider, path, visitor];

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
