import type { FastifyInstance } from 'fastify';
import type { Arrived } from '../frame/arrived.js';
import type { Answer, ExchangePlan } from '../frame/exchanges.js';
import { appNamed } from './apps.js';
import { authorize, AUTHORIZE_PATH, errorPage } from './authorize.js';
import type { WechatContext } from './context.js';
import { accessToken, codeToSession, refreshToken } from './sns.js';
import { injectedSnsError, SnsError } from './sns-error.js';

type Sns = (arrived: Arrived, context: WechatContext) => Readonly<Record<string, unknown>>;

const SNS: Readonly<Record<string, Sns>> = {
  '/sns/oauth2/access_token': accessToken,
  '/sns/oauth2/refresh_token': refreshToken,
  '/sns/jscode2session': codeToSession,
};

/** How web pages and mini-programs learn an openid: hosts of their own in production, unsigned (protocol §10.1). */
export function registerLogin(scope: FastifyInstance, context: WechatContext): void {
  const serve = (url: string, answer: ExchangePlan['answer'], error: ExchangePlan['error']): void => {
    const plan: ExchangePlan = { provider: 'wechat_pay', operation: 'oauth', references, answer, error };
    scope.get(url, (request, reply) => context.frame.exchanges.serve(request, reply, plan));
  };
  serve(
    AUTHORIZE_PATH,
    (arrived) => authorize(arrived, context),
    (_arrived, { code = '10009', status }) => errorPage(`操作太频繁了，请稍后重试，错误码：${code}`, status),
  );
  serve(
    '/wx/login',
    (arrived) => miniProgramLogin(arrived, context),
    (_arrived, { status = 500 }) => loginAnswer(status, { errMsg: 'login:fail' }),
  );
  for (const [url, run] of Object.entries(SNS)) {
    serve(
      url,
      (arrived) => snsAnswer(arrived, run, context),
      (_arrived, { status = 200, code }) => plain(status, injectedSnsError(code).toBody()),
    );
  }
}

/** Fault rules may name these calls by the appid. */
const references = ({ query }: Arrived): readonly string[] =>
  [query.get('appid') ?? ''].filter((appid) => appid !== '');

function snsAnswer(arrived: Arrived, run: Sns, context: WechatContext): Answer {
  try {
    return plain(200, JSON.stringify(run(arrived, context)));
  } catch (cause) {
    if (!(cause instanceof SnsError)) throw cause;
    arrived.notes.verdict = 'refused';
    arrived.notes.reason = `${cause.errcode}: ${cause.message}`;
    return plain(200, cause.toBody());
  }
}

/** JSON, but not by its name. */
const plain = (status: number, body: string): Answer => ({ status, headers: { 'Content-Type': 'text/plain' }, body });

/**
 * GET /wx/login?appid=&payer=: what `wx.login` gives a mini-program that runs on the payer's phone. The sandbox's own;
 * in production the code comes from the WeChat app.
 */
function miniProgramLogin({ query, notes }: Arrived, { accounts, users, logins }: WechatContext): Answer {
  const app = appNamed(query.get('appid') ?? '', accounts);
  if (app === undefined) return loginAnswer(400, { errMsg: 'login:fail invalid appid' });
  const { appid, account } = app;
  notes.account = account.name;
  const openid = users.openid(appid, query.get('payer') || undefined);
  const code = logins.issue({ kind: 'mini_program', appid, openid, scope: '' });
  return loginAnswer(200, { errMsg: 'login:ok', code });
}

const loginAnswer = (status: number, body: Readonly<Record<string, string>>): Answer => ({
  status,
  headers: { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' },
  body: JSON.stringify(body),
});
