import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestMerchant } from './test-merchant.js';
import { restCallBy, restSigned } from './test-rest.js';

/** Public code, status of the REST protocol, sub_codes: the table of opendocs common/02km9f, read apart from ours. */
const GATEWAY = [
  ['20000', 500, 'isp.unknow-error aop.unknow-error aop.ACQ.SYSTEM_ERROR'],
  [
    '20001',
    401,
    'aop.invalid-auth-token aop.auth-token-time-out aop.invalid-app-auth-token aop.invalid-app-auth-token-no-api ' +
      'aop.app-auth-token-time-out aop.no-product-reg-by-partner',
  ],
  [
    '40001',
    400,
    'isv.missing-method isv.missing-signature isv.missing-signature-type isv.missing-signature-key isv.missing-app-id ' +
      'isv.missing-timestamp isv.missing-version isv.missing-default-signature-type ' +
      'isv.decryption-error-missing-encrypt-type isv.missing-encrypt-key isv.missing-encrypt-type',
  ],
  [
    '40002',
    400,
    'isv.missing-app-cert-sn isv.missing-alipay-root-cert-sn isv.invalid-parameter isv.invalid-format ' +
      'isv.invalid-signature-type isv.invalid-signature isv.invalid-app-id isv.invalid-timestamp isv.invalid-charset ' +
      'isv.invalid-encrypt-type isv.invalid-encrypt isv.invalid-digest isv.illegal-json isv.suspected-attack ' +
      'isv.forbidden-api isv.upload-fail isv.invalid-file-extension isv.invalid-file-size ' +
      'isv.decryption-error-not-valid-encrypt-type isv.decryption-error-not-valid-encrypt-key isv.code-invalid ' +
      'isv.app-cert-expired isv.not-online-app isv.app-cert-not-exist isv.alipay-cert-not-exist ' +
      'isv.invalid-alipay-root-cert-sn',
  ],
  ['40002', 404, 'isv.invalid-method'],
  ['40003', 400, 'isv.missing-signature-config isv.invalid-auth-relations isv.decryption-error-unknown'],
  ['40005', 429, 'isv.app-call-limited isv.method-call-limited'],
  ['40006', 401, 'isv.insufficient-isv-permissions isv.insufficient-user-permissions isv.self-invoke-forbidden'],
] as const;

/** Sub_codes of the trade interfaces with their sub_msg, as published. */
const TRADE: Readonly<Record<string, string>> = {
  SYSTEM_ERROR: '系统异常',
  INVALID_PARAMETER: '参数无效',
  ACCESS_FORBIDDEN: '无权限使用接口',
  EXIST_FORBIDDEN_WORD: '订单信息中包含违禁词',
  PARTNER_ERROR: '应用APP_ID填写错误',
  TOTAL_FEE_EXCEED: '订单总金额超过限额',
  PAYMENT_AUTH_CODE_INVALID: '付款码无效',
  CONTEXT_INCONSISTENT: '订单信息不一致',
  TRADE_HAS_SUCCESS: '交易已被支付',
  TRADE_HAS_CLOSE: '交易已经关闭',
  TRADE_NOT_EXIST: '交易不存在',
  BUYER_BALANCE_NOT_ENOUGH: '买家余额不足',
  BUYER_BANKCARD_BALANCE_NOT_ENOUGH: '用户银行卡余额不足',
  ERROR_BALANCE_PAYMENT_DISABLE: '余额支付功能关闭',
  BUYER_SELLER_EQUAL: '买卖家不能相同',
  TRADE_BUYER_NOT_MATCH: '交易买家不匹配',
  BUYER_ENABLE_STATUS_FORBID: '买家状态非法',
  BUYER_NOT_EXIST: '买家不存在',
  SELLER_NOT_EXIST: '卖家不存在',
  SELLER_BEEN_BLOCKED: '商家账号被冻结',
  PULL_MOBILE_CASHIER_FAIL: '唤起移动收银台失败',
  MOBILE_PAYMENT_SWITCH_OFF: '用户的无线支付开关关闭',
  PAYMENT_FAIL: '支付失败',
  PAYMENT_REQUEST_HAS_RISK: '支付有风险',
  NO_PAYMENT_INSTRUMENTS_AVAILABLE: '没有可用的支付工具',
  PAYER_UNMATCHED: '付款人不匹配',
  BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR: '买家付款日限额超限',
  BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR: '买家付款月额度超限',
  BEYOND_PAY_RESTRICTION: '商户收款额度超限',
  BEYOND_PER_RECEIPT_RESTRICTION: '商户收款金额超过月限额',
  BEYOND_PER_RECEIPT_SINGLE_RESTRICTION: '订单金额超过单笔限额',
  BEYOND_PER_RECEIPT_DAY_RESTRICTION: '订单金额超过当日累计限额',
  MERCHANT_PERM_RECEIPT_SINGLE_LIMIT: '限',
  MERCHANT_PERM_RECEIPT_DAY_LIMIT: '额度',
  MERCHANT_PERM_RECEIPT_SUSPEND_LIMIT: '收款',
  MERCHANT_STATUS_NOT_NORMAL: '商户状态异常',
  NOW_TIME_AFTER_EXPIRE_TIME_ERROR: '当前时间已超过允许支付的时间',
  APPLY_PC_MERCHANT_CODE_ERROR: '申请二维码失败',
  SUB_GOODS_SIZE_MAX_COUNT: '子商品明细超长',
  RISK_MERCHANT_IP_NOT_EXIST: '当前交易未传入IP信息',
  INVALID_STORE_ID: '商户门店编号无效',
  INVALID_RECEIVE_ACCOUNT: '收款账户不支持',
  TRADE_SETTLE_ERROR: '交易结算异常',
  SECONDARY_MERCHANT_STATUS_ERROR: '商户状态异常',
  SECONDARY_MERCHANT_ID_INVALID: '二级商户不存在',
  TRADE_STATUS_ERROR: '交易状态异常',
  TRADE_HAS_FINISHED: '交易已经完结',
  SELLER_BALANCE_NOT_ENOUGH: '无足够的资金',
  REFUND_AMT_NOT_EQUAL_TOTAL: '退款金额超限',
  REASON_TRADE_REFUND_FEE_ERR: '退款金额无效',
  REFUND_FEE_ERROR: '交易退款金额有误',
  DISCORDANT_REPEAT_REQUEST: '请求信息不一致',
  TRADE_NOT_ALLOW_REFUND: '当前交易不允许退款',
  NOT_ALLOW_PARTIAL_REFUND: '不支持部分退款',
  ONLINE_TRADE_VOUCHER_NOT_ALLOW_REFUND: '交易不允许退款',
  REASON_TRADE_STATUS_INVALID: '交易状态异常',
  REASON_ILLEGAL_STATUS: '交易状态异常',
  REASON_TRADE_BEEN_FREEZEN: '当前交易被冻结',
  TRADE_CANCEL_TIME_OUT: '超过撤销时间范围',
  CANCEL_NOT_ALLOWED: '交易不允许撤销',
  ENTERPRISE_PAY_BIZ_ERROR: '企业支付',
  NOTIFY_STATUS_INVALID: '通知状态',
};

/** Of the statement call, in capitals and without a prefix. */
const BILL = [
  'NO_BILL_DATA',
  'INVAILID_ARGUMENTS',
  'BILL_NOT_EXIST',
  'UNKNOWN_ERROR',
  'BILL_DATE_BEFORE_REGISTRATION',
  'TYPE_NOT_SUPPORTED',
  'SYSTEM_RATE_LIMIT',
  'USER_RATE_LIMIT',
];

const MESSAGES: Readonly<Record<string, string>> = {
  '20000': 'Service Currently Unavailable',
  '20001': 'Insufficient Authorization Permissions',
  '40001': 'Missing Required Arguments',
  '40002': 'Invalid Arguments',
  '40003': 'Insufficient Conditions',
  '40004': 'Business Failed',
  '40005': 'Call Limited',
  '40006': 'Insufficient Permissions',
};

let merchant: TestMerchant;
beforeAll(async () => void (merchant = await TestMerchant.start()));
afterAll(() => merchant.stop());

async function scripted(code: string): Promise<void> {
  const rules = [{ match: { operation: 'query' }, action: 'error', code }];
  expect((await merchant.control('faults', { rules }, 'PUT')).status).toBe(200);
}
const classic = (): Promise<Record<string, string>> =>
  merchant.post(merchant.signed('alipay.trade.query', { out_trade_no: 'none' }));
const rest = () =>
  restCallBy(merchant.account, `${merchant.sandbox.url}/v3/alipay/trade/query`, { body: { out_trade_no: 'none' } });

describe('a documented code of the gateway', () => {
  const cases = GATEWAY.flatMap(([code, status, subCodes]) =>
    subCodes.split(' ').map((subCode) => [subCode, code, status] as const),
  );

  it.each(cases)('can be had: %s with %s, over REST with %i and unsigned', async (subCode, code, status) => {
    await scripted(subCode);
    const plain = { code, msg: MESSAGES[code], sub_code: subCode, sub_msg: expect.stringMatching(/[一-鿿]/) };
    expect(await classic()).toEqual(plain);
    const reply = await rest();
    const bare = subCode.replace(/^(isv|isp|aop)\./, '');
    expect(reply).toMatchObject({ status, json: { code: bare, message: expect.any(String), links: [{}] } });
    expect(restSigned(merchant.account, reply)).toBe(false);
  });
});

describe('a documented code of a product', () => {
  const trade = Object.entries(TRADE).map(([code, words]) => [`ACQ.${code}`, words] as const);
  const bill = BILL.map((code) => [code, ''] as const);

  it.each([...trade, ...bill])(
    'can be had: %s %s, with 40004, over REST with 400 and signed',
    async (subCode, words) => {
      await scripted(subCode);
      const subMsg = expect.stringContaining(words);
      expect(await classic()).toEqual({ code: '40004', msg: 'Business Failed', sub_code: subCode, sub_msg: subMsg });
      const reply = await rest();
      expect(reply).toMatchObject({ status: 400, json: { code: subCode, message: subMsg } });
      expect(restSigned(merchant.account, reply)).toBe(true);
    },
  );

  it.each(['AQC.SYSTEM_ERROR', 'isp.bill_not_exist', 'ACQ.SOMETHING_NEW'])(
    'can be had in any spelling: %s',
    async (code) => {
      await scripted(code);
      expect(await classic()).toMatchObject({ sub_code: code });
    },
  );
});
