import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostileContent, hostileText } from '../frame/test-hostility.js';
import { TestMerchant } from './test-merchant.js';

let merchant: TestMerchant;
beforeAll(async () => void (merchant = await TestMerchant.start()));
afterAll(() => merchant.stop());

const BIZ = {
  out_trade_no: 'order-1',
  trade_no: '2026',
  subject: '春笋',
  total_amount: '12.99',
  refund_amount: '1.00',
  out_request_no: 'r1',
  timeout_express: '5m',
  time_expire: '2026-01-01 00:00:00',
  qr_code_timeout_express: '5m',
  buyer_id: '2088000000000000',
  scene: 'bar_code',
  auth_code: '28000000',
  query_options: ['fund_bill_list', 'refund_detail_item_list'],
  store_id: 's',
  discountable_amount: '1.00',
  goods_detail: [],
  biz_type: 'CREDIT_AUTH',
  order_biz_info: '{"status":"COMPLETE"}',
  bill_type: 'trade',
  bill_date: '2026-01-01',
  alipay_cert_sn: '0',
};

const TRADE = [
  'precreate',
  'create',
  'pay',
  'query',
  'close',
  'cancel',
  'refund',
  'fastpay.refund.query',
  'orderinfo.sync',
];
const METHODS = [
  ...TRADE.map((name) => `alipay.trade.${name}`),
  'alipay.data.dataservice.bill.downloadurl.query',
  'alipay.open.app.alipaycert.download',
];

/** The gateway's words for what it did not foresee. */
const BEWILDERED = /SYSTEM_ERROR|unknow-error/;

describe('a signed call, whatever it holds,', () => {
  it.each(METHODS)('is answered by %s in an envelope', async (method) => {
    await fc.assert(
      fc.asyncProperty(hostileContent(BIZ), async (biz_content) => {
        const refusal = await refusalOf(merchant.signed(method, {}, { biz_content }));
        expect(refusal).not.toMatch(BEWILDERED);
        expect(refusal).not.toBe('isv.invalid-signature');
      }),
      { numRuns: 100 },
    );
  });

  it.each(['alipay.trade.query', 'alipay.trade.wap.pay'])(
    'is answered in an envelope or as a page when the public parameters of %s are hostile',
    async (method) => {
      const good = { method, charset: 'gbk', timestamp: '2026-01-02 03:04:05', version: '1.0', format: 'JSON' };
      const other = {
        encrypt_type: 'AES',
        app_cert_sn: '1',
        return_url: 'http://127.0.0.1:9/',
        notify_url: 'x',
        sign: '',
      };
      const parameters = fc.record(
        Object.fromEntries(
          Object.entries({ ...good, ...other }).map(([name, value]) => [
            name,
            fc.oneof(fc.constant(value), hostileText),
          ]),
        ),
      );
      await fc.assert(
        fc.asyncProperty(parameters, async (fields) => {
          expect(await refusalOf(merchant.signed(method, BIZ, fields))).not.toMatch(BEWILDERED);
        }),
        { numRuns: 200 },
      );
    },
  );
});

/** `sub_code` of the one object in the envelope; a page as it is. */
async function refusalOf(fields: Record<string, string>): Promise<string> {
  const answer = await fetch(merchant.gateway, { method: 'POST', body: new URLSearchParams(fields) });
  const text = await answer.text();
  expect(answer.status, text.slice(0, 300)).toBe(200);
  if (text.startsWith('<!doctype')) return text;
  const [content] = Object.values(JSON.parse(text) as Record<string, { code: string; sub_code?: string }>);
  return content?.sub_code ?? content?.code ?? 'nothing';
}
