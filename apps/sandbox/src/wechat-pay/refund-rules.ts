import type { FieldRule, FieldRules } from './body-rules.js';
import { OUT_TRADE_NO } from './order-rules.js';

/* wechatpay v3 protocol §5. */

const text = (label: string, max: number): FieldRule => ({ is: 'text', label, max });
const integer = (label: string, min = 1): FieldRule => ({ is: 'integer', label, min, required: true });

/** Partner mode only; judged with whose it is. */
const SUB_MCHID = text('子商户号', 32);

/** Of which bank, which debit card; the two encrypted fields are for cards of the user's. */
export const ABNORMAL_REFUND_RULES: FieldRules = {
  sub_mchid: SUB_MCHID,
  out_refund_no: { is: 'text', label: '商户退款单号', max: 64, required: true },
  type: {
    is: 'text',
    label: '异常退款处理方式',
    max: 32,
    shape: /^(USER_BANK_CARD|MERCHANT_BANK_CARD)$/,
    required: true,
  },
  bank_type: { is: 'text', label: '开户银行', max: 16, shape: /^[A-Z]+_DEBIT$/ },
  bank_account: text('收款银行卡号', 1_024),
  real_name: text('收款用户姓名', 1_024),
};

export const REFUND_RULES: FieldRules = {
  sub_mchid: SUB_MCHID,
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
