import { OutcomeUnknown, Rejected, type PayerIdentity } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { APPID, settings } from './test-platform.js';
import { wechatPay } from './wechat-pay.js';

const SECRET = '0c79e1fa963cd80cc0be99b20a18faeb';
const OPENID = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o';
const tools = { clock: { now: () => new Date(0) }, nonce: () => 'n' };

/** An account whose platform answers this to every exchange; what was asked is kept. */
function identityAnswering(body: unknown, status = 200): { identity: PayerIdentity; asked: URL[] } {
  const asked: URL[] = [];
  const fetch = async (input: Parameters<typeof globalThis.fetch>[0]): Promise<Response> => {
    asked.push(new URL(input instanceof Request ? input.url : input));
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });
  };
  const { identity } = wechatPay.connect(settings({ app_secret: SECRET }), { ...tools, fetch });
  if (identity === undefined) throw new Error('An account with an AppSecret knows its payers.');
  return { identity, asked };
}

describe('an account without an AppSecret', () => {
  it('cannot tell who a payer is, and takes payments as before', () => {
    const provider = wechatPay.connect(settings(), { ...tools, fetch });
    expect(provider.identity).toBeUndefined();
    expect(provider.payments.prepare.wallet_browser).toBeDefined();
  });
});

describe('the AppSecret', () => {
  it('is a secret: sealed and never answered', () => expect(wechatPay.secretFields).toContain('app_secret'));
});

describe('the address of the sign-in', () => {
  it("is WeChat's own, its parameters in the order that WeChat wants, the fragment last", () => {
    const { identity } = identityAnswering({});
    expect(identity.authorizeUrl({ returnUrl: 'https://pay.example.com/q/T?a=1&b=2', state: 's+1 /&' })).toBe(
      `https://open.weixin.qq.com/connect/oauth2/authorize?appid=${APPID}` +
        '&redirect_uri=https%3A%2F%2Fpay.example.com%2Fq%2FT%3Fa%3D1%26b%3D2' +
        '&response_type=code&scope=snsapi_base&state=s%2B1%20%2F%26#wechat_redirect',
    );
  });

  it('counts the bytes of a state, not its letters', () => {
    const { identity } = identityAnswering({});
    const signIn = (state: string) => identity.authorizeUrl({ returnUrl: 'https://pay.example.com/', state });
    expect(signIn('春'.repeat(42))).toContain('state=%E6%98%A5');
    expect(() => signIn('春'.repeat(43))).toThrow(Rejected);
  });
});

describe('a code', () => {
  it('is exchanged at the account platform, once', async () => {
    const { identity, asked } = identityAnswering({ access_token: 't', openid: OPENID, scope: 'snsapi_base' });
    expect(await identity.payerOf('041cJPkl2tXDEc4oR7ol2QxwJ04cJPki')).toBe(OPENID);
    expect(asked.map(({ origin, pathname }) => origin + pathname)).toEqual([
      'https://api.weixin.qq.com/sns/oauth2/access_token',
    ]);
    expect(Object.fromEntries(asked[0]!.searchParams)).toEqual({
      appid: APPID,
      secret: SECRET,
      code: '041cJPkl2tXDEc4oR7ol2QxwJ04cJPki',
      grant_type: 'authorization_code',
    });
  });

  it.each(['', ' ', 'a b', 'a\nb', '春', 'c'.repeat(513)])('that no wallet wrote is not sent: %j', async (code) => {
    const { identity, asked } = identityAnswering({ openid: OPENID });
    await expect(identity.payerOf(code)).rejects.toMatchObject({ name: 'Rejected', reason: 'payer_unfit' });
    expect(asked).toEqual([]);
  });

  it.each([
    [40029, 'payer_unfit'],
    [40163, 'payer_unfit'],
    [42003, 'payer_unfit'],
    [40125, 'invalid_configuration'],
    [40013, 'invalid_configuration'],
    [40164, 'invalid_configuration'],
    [48001, 'not_permitted'],
    [45011, 'rate_limited'],
  ])('refused with %i is %s, by its number alone', async (errcode, reason) => {
    const { identity } = identityAnswering({ errcode, errmsg: `secret ${SECRET} is bad`, openid: OPENID });
    const failure = await identity.payerOf('c0de').catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'Rejected', reason, code: String(errcode) });
    expect(String(failure)).not.toContain(SECRET);
  });

  it.each([
    ['an unlisted number', { errcode: 99_999, openid: OPENID }],
    ['a number in words', { errcode: '40029', openid: OPENID }],
    ['no openid', { access_token: 't' }],
    ['an openid that is no text', { openid: 7 }],
    ['an openid with a blank', { openid: 'o x' }],
    ['an openid without end', { openid: 'o'.repeat(129) }],
    ['an inherited openid', '{"__proto__":{"openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"}}'],
    ['a list', [OPENID]],
    ['no JSON', 'openid'],
  ])('answered with %s is unknown', async (_what, body) => {
    await expect(identityAnswering(body).identity.payerOf('c0de')).rejects.toBeInstanceOf(OutcomeUnknown);
  });

  it('answered with anything but HTTP 200 is unknown, whatever the body says', async () => {
    const { identity } = identityAnswering({ openid: OPENID }, 502);
    await expect(identity.payerOf('c0de')).rejects.toBeInstanceOf(OutcomeUnknown);
  });

  it("of a page that WeChat shows as a snapshot is nobody's who can pay", async () => {
    const { identity } = identityAnswering({ openid: OPENID, is_snapshotuser: 1 });
    await expect(identity.payerOf('c0de')).rejects.toMatchObject({ reason: 'payer_unfit', code: 'snapshot_user' });
  });
});
