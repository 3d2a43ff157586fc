/**
 * How the payment codes of the wallets begin and how long they are. WeChat Pay: 18 digits beginning with 10 to 15
 * (pay.weixin.qq.com, code payment). Alipay: 16 to 24 digits beginning with 25 to 30 (opendocs open/02ekfp). No code fits two
 * rows; other schemes at Chinese tills (UnionPay's begin with 62) fit none.
 */
const CODES: Readonly<Record<string, RegExp>> = {
  wechat_pay: /^1[0-5]\d{16}$/,
  alipay: /^(?:2[5-9]|30)\d{14,22}$/,
};

/** The providers whose payment codes are known by their prefix. */
export const WALLETS_WITH_CODES: readonly string[] = Object.keys(CODES);

/** The provider whose wallet draws such codes; undefined for anything else. It says nothing of whether the code is good. */
export function walletOfCode(authCode: string): string | undefined {
  return WALLETS_WITH_CODES.find((provider) => CODES[provider]?.test(authCode));
}
