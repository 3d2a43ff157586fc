import type { FieldRule, FieldRules } from './body-rules.js';
import type { Product } from './order.js';

/* wechatpay v3 protocol §3.2: fields of an order, with the labels that the real messages use. */

const text = (label: string, max: number): FieldRule => ({ is: 'text', label, max });
const needed = (label: string, max: number): FieldRule => ({ is: 'text', label, max, required: true });
const integer = (label: string, min = 0): FieldRule => ({ is: 'integer', label, min, required: true });
const object = (label: string, fields: FieldRules): FieldRule => ({ is: 'object', label, fields });

export const OUT_TRADE_NO: FieldRule = {
  is: 'text',
  label: '商户订单号',
  min: 6,
  max: 32,
  shape: /^[0-9A-Za-z_\-|*]+$/,
};

const goodsDetail: FieldRule = object('单品信息', {
  merchant_goods_id: {
    is: 'text',
    label: '商户侧商品编码',
    max: 32,
    shape: /^[0-9A-Za-z_-]+$/,
    required: true,
  },
  wechatpay_goods_id: text('微信支付商品编码', 32),
  goods_name: text('商品名称', 256),
  quantity: integer('商品数量', 1),
  unit_price: integer('商品单价'),
});

const profitSharing = object('结算信息', { profit_sharing: { is: 'flag', label: '是否指定分账' } });

const discounts: FieldRule = {
  is: 'object',
  label: '优惠功能',
  maxBytes: 6_144,
  fields: {
    cost_price: { is: 'integer', label: '订单原价', min: 0 },
    invoice_id: text('商品小票ID', 32),
    goods_detail: { is: 'list', label: '单品列表', of: goodsDetail, min: 1, max: 6_000 },
  },
};

const amount: FieldRule = {
  ...object('订单金额', {
    total: integer('总金额', 1),
    currency: { is: 'text', label: '货币类型', max: 16, shape: /^CNY$/ },
  }),
  required: true,
};

const sceneInfo: FieldRules = {
  payer_client_ip: needed('用户终端IP', 45),
  device_id: text('商户端设备号', 32),
  store_info: object('商户门店信息', {
    id: needed('门店编号', 32),
    name: text('门店名称', 256),
    area_code: text('地区编码', 32),
    address: text('详细地址', 512),
  }),
};

/** What every order says, code pay's too. */
const order: FieldRules = {
  appid: needed('公众号ID', 32),
  mchid: needed('直连商户号', 32),
  description: needed('商品描述', 127),
  out_trade_no: { ...OUT_TRADE_NO, required: true },
  attach: text('附加数据', 128),
  goods_tag: text('订单优惠标记', 32),
  support_fapiao: { is: 'flag', label: '电子发票入口开放标识' },
  amount,
  detail: discounts,
  settle_info: profitSharing,
};

export const LIMIT_PAY: FieldRule = {
  is: 'list',
  label: '指定支付方式',
  of: { is: 'text', label: '指定支付方式', max: 32, shape: /^(no_balance|no_credit|no_debit|balance_only)$/ },
};

const prepaid: FieldRules = {
  ...order,
  time_expire: text('交易结束时间', 64),
  notify_url: needed('通知地址', 255),
  limit_pay: LIMIT_PAY,
  scene_info: object('场景信息', sceneInfo),
};

export const IDENTITY: FieldRule = object('实名支付', {
  type: needed('证件类型', 32),
  number: needed('证件号', 1_024),
  name: needed('证件姓名', 1_024),
});

export const H5_INFO: FieldRule = {
  ...object('H5场景信息', {
    type: needed('场景类型', 32),
    app_name: text('应用名称', 64),
    app_url: text('网站URL', 128),
    bundle_id: text('iOS平台BundleID', 128),
    package_name: text('Android平台PackageName', 128),
  }),
  required: true,
};

/** Where the scanner stands; its store has one of two numbers (protocol §3.6). */
const codeScene: FieldRule = {
  ...object('场景信息', {
    device_id: text('商户端设备号', 32),
    device_ip: text('商户端设备IP', 45),
    store_info: {
      ...object('商户门店信息', { id: text('门店编号', 32), out_id: text('商家自定义编码', 256) }),
      required: true,
    },
  }),
  required: true,
};

/** The body of each order endpoint. */
export const ORDER_RULES = {
  jsapi: {
    ...prepaid,
    payer: { ...object('支付者', { openid: needed('用户标识', 128), identity: IDENTITY }), required: true },
  },
  app: { ...prepaid, payer: object('支付者', { identity: IDENTITY }) },
  native: { ...prepaid, payer: object('支付者', { identity: IDENTITY }) },
  h5: {
    ...prepaid,
    payer: object('支付者', { identity: IDENTITY }),
    scene_info: { ...object('场景信息', { ...sceneInfo, h5_info: H5_INFO }), required: true },
  },
  // Neither notify_url nor time_expire: the answer is the outcome, and nobody is notified (protocol §3.6).
  codepay: {
    ...order,
    payer: { ...object('支付者', { auth_code: needed('授权码', 32) }), required: true },
    scene_info: codeScene,
  },
} as const satisfies Record<Product, FieldRules>;

export const CLOSE_RULES: FieldRules = { mchid: needed('直连商户号', 32) };

export const REVERSE_RULES: FieldRules = { appid: needed('公众号ID', 32), ...CLOSE_RULES };
