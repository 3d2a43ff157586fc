import { randomBytes } from 'node:crypto';
import type { Arrived } from '../frame/arrived.js';
import { appNamed, type WechatApp } from './apps.js';
import type { WechatContext } from './context.js';
import { letters32 } from './identifiers.js';
import type { Login } from './login-codes.js';
import { snsError } from './sns-error.js';

type View = Readonly<Record<string, unknown>>;

const TWO_HOURS_S = 7_200;

/** GET /sns/oauth2/access_token: a web page's code for the openid of who opened it (protocol §10.1). */
export function accessToken({ query, notes }: Arrived, context: WechatContext): View {
  const app = authenticated(query, context);
  notes.account = app.account.name;
  if (query.get('grant_type') !== 'authorization_code') throw snsError(40002);
  const login = context.logins.take(given(query, 'code', 41008), app.appid, 'web');
  const unionid = context.users.unionid(app.account.name, login.openid);
  return { ...tokens(login, context), ...(login.scope === 'snsapi_userinfo' ? { unionid } : {}) };
}

/** GET /sns/oauth2/refresh_token: no secret, the token is one. It stays good until its own end. */
export function refreshToken({ query, notes }: Arrived, context: WechatContext): View {
  const app = appIn(query, context);
  notes.account = app.account.name;
  if (query.get('grant_type') !== 'refresh_token') throw snsError(40002);
  const token = given(query, 'refresh_token', 41003);
  return { ...tokens(context.logins.refreshed(token, app.appid), context), refresh_token: token };
}

/** GET /sns/jscode2session: a mini-program's wx.login code. */
export function codeToSession({ query, notes }: Arrived, context: WechatContext): View {
  const app = authenticated(query, context);
  notes.account = app.account.name;
  if (query.get('grant_type') !== 'authorization_code') throw snsError(40002);
  const { openid } = context.logins.take(given(query, 'js_code', 41008), app.appid, 'mini_program');
  return {
    session_key: randomBytes(16).toString('base64'),
    openid,
    unionid: context.users.unionid(app.account.name, openid),
  };
}

/** The access token opens nothing here: no call of this sandbox asks for one. */
const tokens = (login: Login, { logins }: WechatContext): View => ({
  access_token: `${letters32()}${letters32()}`,
  expires_in: TWO_HOURS_S,
  refresh_token: logins.refreshToken(login),
  openid: login.openid,
  scope: login.scope,
});

function appIn(query: URLSearchParams, { accounts }: WechatContext): WechatApp {
  const app = appNamed(given(query, 'appid', 41002), accounts);
  if (app === undefined) throw snsError(40013);
  return app;
}

function authenticated(query: URLSearchParams, context: WechatContext): WechatApp {
  const app = appIn(query, context);
  if (given(query, 'secret', 41004) !== app.app_secret) throw snsError(40125);
  return app;
}

function given(query: URLSearchParams, name: string, errcode: 41002 | 41003 | 41004 | 41008): string {
  const value = query.get(name);
  if (!value) throw snsError(errcode);
  return value;
}
