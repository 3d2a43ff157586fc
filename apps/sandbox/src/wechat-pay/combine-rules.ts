import type { FieldRule, FieldRules } from './body-rules.js';
import type { PrepayProduct } from './order.js';
import { H5_INFO, IDENTITY, LIMIT_PAY, OUT_TRADE_NO } from './order-rules.js';

/* wechatpay v3 protocol §3.7: the bodies of combined orders. */

const text = (label: string, max: number): FieldRule => ({ is: 'text', label, max });
const needed = (label: string, max: number): FieldRule => ({ is: 'text', label, max, required: true });

const subOrder: FieldRule = {
  is: 'object',
  label: '子单信息',
  fields: {
    mchid: needed('子单商户号', 32),
    sub_mchid: text('二级商户号', 32),
    sub_appid: text('子商户应用ID', 32),
    attach: needed('附加数据', 128),
    amount: {
      is: 'object',
      label: '订单金额',
      required: true,
      fields: {
        total_amount: { is: 'integer', label: '标价金额', min: 1, required: true },
        currency: { is: 'text', label: '标价币种', max: 8, shape: /^CNY$/, required: true },
      },
    },
    out_trade_no: { ...OUT_TRADE_NO, label: '子单商户订单号', required: true },
    description: needed('商品描述', 127),
    detail: text('商品详情', 6_000),
    goods_tag: text('订单优惠标记', 32),
    settle_info: {
      is: 'object',
      label: '结算信息',
      fields: {
        profit_sharing: { is: 'flag', label: '是否指定分账' },
        subsidy_amount: { is: 'integer', label: '补差金额', min: 0 },
      },
    },
  },
};

/** Merchants combine 2 to 10 orders, partners 1 to 50. */
const subOrders = (partner: boolean): FieldRule => ({
  is: 'list',
  label: '子单信息',
  required: true,
  of: subOrder,
  ...(partner ? { min: 1, max: 50 } : { min: 2, max: 10 }),
});

const scene: FieldRules = {
  device_id: { is: 'text', label: '商户端设备号', min: 7, max: 16 },
  payer_client_ip: needed('用户终端IP', 45),
};

const payerInfo = (rule: FieldRule): FieldRule => ({
  is: 'object',
  label: '支付者',
  fields: { openid: rule, identity: IDENTITY },
});

const OPENID = text('用户标识', 128);

/** The body of each endpoint, for those who combine. */
export function combineRules(product: PrepayProduct, partner: boolean): FieldRules {
  const common: FieldRules = {
    combine_appid: needed('合单商户appid', 32),
    combine_mchid: needed('合单商户号', 32),
    combine_out_trade_no: { ...OUT_TRADE_NO, label: '合单商户订单号', required: true },
    sub_orders: subOrders(partner),
    scene_info: { is: 'object', label: '场景信息', fields: scene },
    combine_payer_info: payerInfo(OPENID),
    time_start: text('交易起始时间', 64),
    time_expire: text('交易结束时间', 64),
    notify_url: needed('通知地址', 255),
    limit_pay: LIMIT_PAY,
  };
  if (product === 'jsapi')
    return { ...common, combine_payer_info: { ...payerInfo({ ...OPENID, required: true }), required: true } };
  if (product === 'h5')
    return {
      ...common,
      scene_info: { is: 'object', label: '场景信息', required: true, fields: { ...scene, h5_info: H5_INFO } },
    };
  return common;
}

export const COMBINE_CLOSE_RULES: FieldRules = {
  combine_appid: needed('合单商户appid', 32),
  sub_orders: {
    is: 'list',
    label: '子单信息',
    required: true,
    min: 1,
    max: 50,
    of: {
      is: 'object',
      label: '子单信息',
      fields: {
        mchid: needed('子单商户号', 32),
        out_trade_no: { ...OUT_TRADE_NO, label: '子单商户订单号', required: true },
        sub_mchid: text('二级商户号', 32),
        sub_appid: text('子商户应用ID', 32),
      },
    },
  },
};
