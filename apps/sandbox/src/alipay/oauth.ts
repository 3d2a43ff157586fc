import { randomBytes } from 'node:crypto';
import type { AccountShelf } from '../frame/accounts.js';
import { backToShop } from '../frame/back-to-shop.js';
import { chosenPayer } from '../frame/chosen-payer.js';
import type { Answer, ExchangePlan } from '../frame/exchanges.js';
import type { SandboxClock } from '../frame/sandbox-clock.js';
import type { AlipayAccount } from './account.js';
import { formatBeijing } from './beijing-time.js';
import { errorPage } from './client-pages.js';
import { asRefusal } from './gateway.js';
import { gatewayRefusal } from './gateway-refusal.js';
import { userIdOf } from './identifiers.js';
import { injected } from './injected-error.js';
import type { Call } from './methods.js';
import { OauthGrants } from './oauth-grants.js';
import type { TradeAnswer } from './trade-answers.js';

export const AUTHORIZE_PATH = '/oauth2/publicAppAuthorize.htm';
export const OAUTH_TOKEN = 'alipay.system.oauth.token';

const DAY_MS = 86_400_000;
const TOKEN_SECONDS = 15 * 86_400;
const REFRESH_SECONDS = 30 * 86_400;
const SCOPES = ['auth_base', 'auth_user', 'auth_userinfo'];

/** How a page inside Alipay learns who looks at it: a redirect with a code, and the code for a user id. */
export class Oauth {
  private readonly codes: OauthGrants;
  private readonly refreshTokens: OauthGrants;

  constructor(
    private readonly accounts: AccountShelf<AlipayAccount>,
    private readonly clock: SandboxClock,
  ) {
    this.codes = new OauthGrants(clock, DAY_MS, '');
    this.refreshTokens = new OauthGrants(clock, REFRESH_SECONDS * 1_000, 'authusrR');
  }

  /** The payer's browser at the authorize page: everybody agrees; `payer` says who it is, else the browser's phone does. */
  readonly authorize: ExchangePlan = {
    provider: 'alipay',
    operation: 'oauth',
    references: () => [],
    answer: (arrived) => {
      const { query, notes } = arrived;
      try {
        return {
          status: 302,
          headers: { location: this.sendBack(query, chosenPayer(arrived.header('cookie'))) },
          body: '',
        };
      } catch (cause) {
        const refusal = asRefusal(cause);
        notes.verdict = 'refused';
        notes.reason = refusal.message;
        return errorPage(refusal);
      }
    },
    error: (_arrived, { status = 200, code = 'isp.unknow-error' }): Answer => ({
      ...errorPage(injected(code, undefined)),
      status,
    }),
  };

  /** alipay.system.oauth.token. @throws GatewayRefusal */
  token({ account, parameters }: Call): TradeAnswer {
    const grant = this.redeemed(parameters, account);
    return {
      user_id: grant.userId,
      access_token: `authusrB${randomBytes(16).toString('hex')}`,
      auth_start: formatBeijing(this.clock.now().getTime()),
      expires_in: TOKEN_SECONDS,
      refresh_token: this.refreshTokens.issue(grant),
      re_expires_in: REFRESH_SECONDS,
    };
  }

  private sendBack(query: URLSearchParams, chosen = 'payer-1'): string {
    const appId = query.get('app_id') ?? '';
    const scope = query.get('scope') ?? '';
    const target = backToShop(query.get('redirect_uri'));
    if (this.accounts.find((one) => one.app_id === appId) === undefined) throw gatewayRefusal('isv.invalid-app-id');
    if (!SCOPES.includes(scope)) throw gatewayRefusal('isv.invalid-parameter', '：scope');
    if (target === undefined) throw gatewayRefusal('isv.invalid-parameter', '：redirect_uri');
    const url = new URL(target);
    const code = this.codes.issue({ appId, scope, userId: userIdOf(query.get('payer') || chosen) });
    const added = { app_id: appId, source: 'alipay_wallet', scope, auth_code: code };
    for (const [name, value] of Object.entries(added)) url.searchParams.append(name, value);
    if (query.has('state')) url.searchParams.append('state', query.get('state') ?? '');
    return url.href;
  }

  private redeemed(parameters: Call['parameters'], { app_id: appId }: AlipayAccount) {
    const type = parameters.get('grant_type');
    if (type === 'authorization_code') {
      return this.codes.redeem(parameters.get('code'), appId) ?? refuse('isv.code-invalid');
    }
    if (type === 'refresh_token') {
      return this.refreshTokens.redeem(parameters.get('refresh_token'), appId) ?? refuse('isv.refresh-token-invalid');
    }
    return refuse('isv.grant-type-invalid');
  }
}

function refuse(code: Parameters<typeof gatewayRefusal>[0]): never {
  throw gatewayRefusal(code);
}
