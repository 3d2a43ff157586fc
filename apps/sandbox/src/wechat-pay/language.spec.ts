import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../sandbox.js';
import { english } from './english.js';
import { languageOf } from './language.js';
import { type MerchantAnswer, TestMerchant } from './test-merchant.js';
import { WechatError } from './wechat-error.js';
import { wechatPayWire } from './wechat-pay.js';

const CHINESE = /[\u3400-\u9fff]/;

describe('the language of messages', () => {
  let sandbox: Sandbox;
  let merchant: TestMerchant;
  beforeAll(async () => {
    sandbox = await createSandbox({ wires: [wechatPayWire] });
    await sandbox.listen();
    merchant = await TestMerchant.of(sandbox);
  });
  afterAll(() => sandbox.close());

  const asking = (
    language: string,
    change: Readonly<Record<string, unknown>> = {},
    deviation: object = {},
  ): Promise<MerchantAnswer> =>
    merchant.post('/v3/pay/transactions/native', merchant.order('lang_0001', change), {
      ...deviation,
      headers: { 'accept-language': language },
    });

  it.each([
    ['zh-CN', 'appid和mch_id不匹配，请检查后再试'],
    ['en', 'appid and mchid do not belong together; check them and try again.'],
    ['zh-HK', 'appid和mch_id不匹配，請檢查後再試'],
    ['zh-TW', 'appid和mch_id不匹配，請檢查後再試'],
  ])('is what Accept-Language asks for: %s', async (language, message) => {
    const answer = await asking(language, { appid: 'wx0' });
    expect([answer.json.message, answer.headers.get('content-language')]).toEqual([message, language]);
    expect([answer.json.code, answer.trusted]).toEqual(['APPID_MCHID_NOT_MATCH', true]);
  });

  it('is told by answers that say nothing too, and by those without a signature', async () => {
    const stale = await asking('en', {}, { timestamp: 1 });
    expect([stale.status, stale.headers.get('content-language')]).toEqual([401, 'en']);
    expect(stale.json.message).toBe('The timestamp in Authorization must be within 5 minutes of the request.');
    expect((await asking('en')).headers.get('content-language')).toBe('en');
    expect((await merchant.place('native', 'lang_0002')).headers.get('content-language')).toBe('zh-CN');
  });

  it.each([
    [{ description: undefined }, '/body/description is required.'],
    [{ description: '柚'.repeat(43) }, '/body/description has 129 bytes, more than the most, 127.'],
    [{ out_trade_no: '12345' }, '/body/out_trade_no has 5 bytes, fewer than the least, 6.'],
    [{ out_trade_no: 'ord#00001' }, '/body/out_trade_no does not have the form that is asked for.'],
    [{ amount: { total: '1' } }, '/body/amount/total must be a signed integer of 64 bits.'],
    [{ amount: { total: 0 } }, '/body/amount/total is below the least value, 1.'],
    [{ amount: 1 }, '/body/amount must be an object.'],
    [{ attach: 1 }, '/body/attach must be a string.'],
    [{ support_fapiao: 1 }, '/body/support_fapiao must be a boolean.'],
    [{ limit_pay: 1 }, '/body/limit_pay must be an array.'],
    [{ detail: { goods_detail: [] } }, '/body/detail/goods_detail has 0 items, fewer than the least, 1.'],
    [{ colour: 'red' }, 'There is a parameter that does not belong here: /body/colour.'],
  ])('says in English what is wrong with %j', async (change, message) => {
    expect((await asking('en', change)).json.message).toBe(message);
  });

  it('has English for every message that the sources hold', () => {
    const known = [...messagesIn(import.meta.dirname)];
    expect(known.length).toBeGreaterThan(40);
    expect(known.filter((message) => english(message) === undefined)).toEqual([]);
    expect(known.map((message) => english(message) ?? '').filter((words) => CHINESE.test(words))).toEqual([]);
  });
});

/** Texts that are given to refusals, a sample in the place of what changes; those built of parts are asked for above. */
function messagesIn(folder: string): Set<string> {
  const calls =
    /(?:parameterError|invalidRequest|resourceNotExists|authCodeInvalid|signError|outTradeNoUsed|WechatError\(\d+, '\w+',|\[\d{3},)\(?\s*(['`])((?:(?!\1).)*)\1/g;
  const sources = globSync('*.ts', { cwd: folder }).filter((file) => !file.endsWith('.spec.ts'));
  const found = sources.flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(calls)]);
  const texts = found.map(([, , text = '']) => text).filter((text) => CHINESE.test(text));
  return new Set(
    texts
      .filter((text) => !/\$\{(?:failed|kind)\}/.test(text))
      .map((text) => text.replaceAll(/\$\{\w+(?:\/\$\{\w+\})?\}/g, 'x')),
  );
}

describe('a message of the sandbox itself', () => {
  it('is in English whatever is asked for', () => {
    const error = new WechatError(400, 'INVALID_REQUEST', 'Sandbox-Outcome: maybe is not known here.');
    for (const language of ['en', 'zh-CN', 'zh-TW'] as const)
      expect(JSON.parse(error.toBody(language)).message).toBe('Sandbox-Outcome: maybe is not known here.');
  });
});

describe('a message that nobody has translated', () => {
  it('is replaced by its code', () => {
    const { message } = JSON.parse(new WechatError(400, 'NEW_RULE', '新规则').toBody('en'));
    expect(message).toBe('The request was refused: NEW_RULE.');
  });
});

describe('Accept-Language', () => {
  it.each([
    [undefined, 'zh-CN'],
    ['', 'zh-CN'],
    ['*', 'zh-CN'],
    ['fr, de;q=0.9', 'zh-CN'],
    ['en-US,en;q=0.9', 'en'],
    ['fr;q=0.9, en;q=0.5', 'en'],
    ['en;q=0.5, zh-TW;q=0.9', 'zh-TW'],
    ['en;q=0, zh', 'zh-CN'],
    ['zh-Hant-HK', 'zh-HK'],
    ['zh-Hant', 'zh-TW'],
    ['zh-Hans-CN', 'zh-CN'],
    [';;q=,,=;q=x', 'zh-CN'],
  ])('%s asks for %s', (header, language) => expect(languageOf(header)).toBe(language));
});
