import type { FieldRule, FieldRules } from './body-rules.js';
import { OUT_TRADE_NO } from './order-rules.js';

/* wechatpay v3 protocol §5. */

const text = (label: string, max: number): FieldRule => ({ is: 'text', label, max });
const integer = (label: string, min = 1): FieldRule => ({ is: 'integer', label, min, required: true });

export const REFUND_RULES: FieldRules = {
  // Partner mode only; judged with whose it is.
  sub_mchid: text('子商户号', 32),
  transaction_id: text('微信支付订单号', 32),
  out_trade_no: OUT_TRADE_NO,
  out_refund_no: {
    is: 'text',
    label: '商户退款单号',
    max: 64,
    shape: /^[0-9A-Za-z_\-|*@]+$/,
    required: true,
  },
  reason: text('退款原因', 80),
  notify_url: { is: 'text', label: '退款结果回调url', min: 8, max: 256 },
  funds_account: { is: 'text', label: '退款资金来源', max: 32, shape: /^(AVAILABLE|UNSETTLED)$/ },
  amount: {
    is: 'object',
    label: '金额信息',
    required: true,
    fields: {
      refund: integer('退款金额'),
      total: integer('原订单金额'),
      currency: { is: 'text', label: '退款币种', max: 16, shape: /^CNY$/, required: true },
      from: {
        is: 'list',
        label: '退款出资账户及金额',
        of: {
          is: 'object',
          label: '出资账户',
          fields: {
            account: {
              is: 'text',
              label: '出资账户类型',
              max: 32,
              shape: /^(AVAILABLE|UNAVAILABLE)$/,
              required: true,
            },
            amount: integer('出资金额'),
          },
        },
      },
    },
  },
  goods_detail: {
    is: 'list',
    label: '退款商品',
    of: {
      is: 'object',
      label: '退款商品',
      fields: {
        merchant_goods_id: { ...text('商户侧商品编码', 32), required: true },
        wechatpay_goods_id: text('微信支付商品编码', 32),
        goods_name: text('商品名称', 256),
        unit_price: integer('商品单价'),
        refund_amount: integer('商品退款金额'),
        refund_quantity: integer('商品退货数量'),
      },
    },
  },
};
