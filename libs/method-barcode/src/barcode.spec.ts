import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barcode } from './barcode.js';

const walletOf = (authCode: string) => barcode.providerOf({ scene: 'in_store', authCode });

const digits = (min: number, max = min) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: min, maxLength: max });
const oneOf = (from: number, to: number) => fc.integer({ min: from, max: to }).map(String);
const code = (prefix: fc.Arbitrary<string>, rest: fc.Arbitrary<string>) =>
  fc.tuple(prefix, rest).map(([head, tail]) => head + tail);

const wechatCode = code(oneOf(10, 15), digits(16));
const alipayCode = code(oneOf(25, 30), digits(14, 22));

describe("the wallet behind a payer's code", () => {
  it.each([
    ['130061098828009406', 'wechat_pay'],
    ['100000000000000000', 'wechat_pay'],
    ['159999999999999999', 'wechat_pay'],
    ['28763443825664394', 'alipay'],
    ['2500000000000000', 'alipay'],
    ['309999999999999999999999', 'alipay'],
  ])('%s is of %s', (authCode, provider) => expect(walletOf(authCode)).toBe(provider));

  it('is WeChat Pay for every 18 digits that begin with 10 to 15', () => {
    fc.assert(fc.property(wechatCode, (authCode) => void expect(walletOf(authCode)).toBe('wechat_pay')));
  });

  it('is Alipay for every 16 to 24 digits that begin with 25 to 30', () => {
    fc.assert(fc.property(alipayCode, (authCode) => void expect(walletOf(authCode)).toBe('alipay')));
  });

  it('is nobody for every other prefix, whatever the length', () => {
    const foreign = fc
      .integer({ min: 0, max: 99 })
      .filter((head) => head < 10 || (head > 15 && head < 25) || head > 30)
      .map((head) => String(head).padStart(2, '0'));
    fc.assert(fc.property(code(foreign, digits(0, 30)), (authCode) => void expect(walletOf(authCode)).toBeUndefined()));
  });

  it.each([
    ['one digit short of WeChat', '13006109882800940'],
    ['one digit more than WeChat', '1300610988280094061'],
    ['one digit short of Alipay', '281234567890123'],
    ['one digit more than Alipay', '2812345678901234567890123'],
    ["UnionPay's", '6212345678901234567'],
    ['with a letter', '13006109882800940x'],
    ['with a blank before it', ' 130061098828009406'],
    ['with a line end after it', '130061098828009406\n'],
    ['in full-width digits', '１３００６１０９８８２８００９４０６'],
    ['empty', ''],
  ])('is nobody for a code %s', (_what, authCode) => expect(walletOf(authCode)).toBeUndefined());

  it('is nobody while there is no code', () => {
    expect(barcode.providerOf({ scene: 'in_store' })).toBeUndefined();
  });

  it('is always one of those it says it can reach', () => {
    fc.assert(
      fc.property(fc.oneof(wechatCode, alipayCode, digits(0, 30), fc.string()), (authCode) => {
        const provider = walletOf(authCode);
        expect(provider === undefined || barcode.providers.includes(provider)).toBe(true);
      }),
    );
  });
});

describe('the option', () => {
  it("stands at the till only, and charges the payer's code there", () => {
    expect(barcode.scenes).toEqual({ in_store: 'payer_code' });
  });
});
