import type { Arrived } from '../frame/arrived.js';
import { backToShop } from '../frame/back-to-shop.js';
import { chosenPayer } from '../frame/chosen-payer.js';
import type { Answer } from '../frame/exchanges.js';
import { html, type Markup } from '../frame/html.js';
import { page } from '../frame/page.js';
import { notice } from '../frame/pay-sheet.js';
import { appNamed, type WechatApp } from './apps.js';
import type { WechatContext } from './context.js';
import { openidUnder } from './phone-side.js';
import { isRegisteredHost } from './registrations.js';

export const AUTHORIZE_PATH = '/connect/oauth2/authorize';

const SCOPES = ['snsapi_base', 'snsapi_userinfo'];
/** The documented limit of `state`, bytes. */
const LONGEST_STATE = 128;

/** A web page asks who its visitor is. */
interface Asked {
  readonly app: WechatApp;
  readonly back: string;
  readonly scope: string;
  readonly state: string | null;
}

/**
 * GET /connect/oauth2/authorize: back to the web page with a code, at once for snsapi_base; snsapi_userinfo and forcePopup
 * ask the user first, who may refuse: then only `state` goes back (protocol §10.1). `payer` and `refuse` are the sandbox's
 * own: what the user would do, without the page. Where nobody says, it is whoever the browser's phone belongs to.
 */
export function authorize(arrived: Arrived, context: WechatContext): Answer {
  const { query, notes } = arrived;
  const asked = askedIn(query, context);
  if (typeof asked === 'string') {
    notes.verdict = 'refused';
    notes.reason = asked;
    return errorPage(asked);
  }
  notes.account = asked.app.account.name;
  const payer = query.get('payer') || undefined;
  const chosen = chosenPayer(arrived.header('cookie')) ?? 'payer-1';
  if (query.has('refuse')) return backTo(asked, undefined);
  const asks = asked.scope === 'snsapi_userinfo' || query.get('forcePopup') === 'true';
  if (asks && payer === undefined) return choice(asked, query, chosen);
  const { appid } = asked.app;
  const openid = openidUnder(appid, payer ?? chosen, context);
  return backTo(asked, context.logins.issue({ kind: 'web', appid, openid, scope: asked.scope }));
}

/** What was asked, or the words of the error page. */
function askedIn(query: URLSearchParams, { accounts }: WechatContext): Asked | string {
  const appid = query.get('appid');
  if (!appid) return 'appid不能为空，错误码：10012';
  const app = appNamed(appid, accounts);
  if (app === undefined) return 'appid参数错误，错误码：40013';
  const uri = query.get('redirect_uri');
  if (!uri) return 'redirect_uri不能为空，错误码：10011';
  const back = backToShop(uri);
  const registered = !app.account.strict || isRegisteredHost(uri, app.account.oauth_domains);
  if (back === undefined || !registered) return 'redirect_uri域名与后台配置不一致，错误码：10003';
  const scope = query.get('scope');
  if (!scope) return 'scope不能为空，错误码：10010';
  if (!SCOPES.includes(scope)) return '此公众号并没有这些scope的权限，错误码：10005';
  if (query.get('response_type') !== 'code') return 'response_type参数错误';
  const state = query.get('state');
  if (Buffer.byteLength(state ?? '') > LONGEST_STATE) return 'state参数错误';
  return { app, back, scope, state };
}

function backTo({ back, state }: Asked, code: string | undefined): Answer {
  const [address = '', fragment] = back.split('#');
  const said = new URLSearchParams({ ...(code === undefined ? {} : { code }), ...(state === null ? {} : { state }) });
  const query = said.size === 0 ? '' : `${address.includes('?') ? '&' : '?'}${said.toString()}`;
  const location = `${address}${query}${fragment === undefined ? '' : `#${fragment}`}`;
  return { status: 302, headers: { Location: location, 'Cache-Control': 'no-store' }, body: '' };
}

/** Who it is can be chosen: any name is a WeChat user. */
function choice({ app }: Asked, query: URLSearchParams, chosen: string): Answer {
  const hidden = [...query].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`);
  const refusal = `${AUTHORIZE_PATH}?${new URLSearchParams([...query, ['refuse', '1']]).toString()}`;
  return paged(
    200,
    html`<p class="what">${app.account.name} 申请获取你的微信身份</p>
      <p class="aside" lang="en">${app.account.name} wants to know which WeChat user you are.</p>
      <form method="get" action="${AUTHORIZE_PATH}">
        ${hidden}
        <label>微信用户 · <span lang="en">WeChat user</span><input name="payer" value="${chosen}" required /></label>
        <button>允许 · Allow</button>
      </form>
      <p class="aside">
        <a href="${refusal}">拒绝 · <span lang="en">Refuse</span></a>
      </p>`,
    'shop',
  );
}

export const errorPage = (words: string, status = 400): Answer =>
  paged(
    status,
    notice({ zh: words, en: 'The web page asked for authorization in a way that WeChat refuses.' }),
    'none',
  );

function paged(status: number, content: Markup, form: 'none' | 'shop'): Answer {
  const { headers, body } = page({ owner: 'wechat_pay', content, form });
  return { status, headers, body };
}
