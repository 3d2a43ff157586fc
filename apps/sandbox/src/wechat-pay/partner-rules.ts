import type { FieldRule, FieldRules } from './body-rules.js';
import type { Product } from './order.js';
import { IDENTITY, ORDER_RULES } from './order-rules.js';

/* wechatpay v3 protocol §15: the bodies of partner mode, where both sides are named. */

const text = (label: string, max: number): FieldRule => ({ is: 'text', label, max });
const needed = (label: string, max: number): FieldRule => ({ is: 'text', label, max, required: true });

/** Whether sub_mchid is there is judged with whose it is: the real server has a number of its own for that. */
const merchants: FieldRules = { sp_mchid: needed('服务商商户号', 32), sub_mchid: text('子商户号', 32) };

const inPartnerMode = ({ appid: _, mchid: __, ...rules }: FieldRules): FieldRules => ({
  sp_appid: needed('服务商应用ID', 32),
  sub_appid: text('子商户应用ID', 32),
  ...merchants,
  ...rules,
});

const payer: FieldRule = {
  is: 'object',
  label: '支付者',
  required: true,
  fields: { sp_openid: text('用户服务标识', 128), sub_openid: text('用户子标识', 128), identity: IDENTITY },
};

/** The body of each order endpoint of partner mode. */
export const PARTNER_ORDER_RULES = {
  jsapi: { ...inPartnerMode(ORDER_RULES.jsapi), payer },
  app: inPartnerMode(ORDER_RULES.app),
  native: inPartnerMode(ORDER_RULES.native),
  h5: inPartnerMode(ORDER_RULES.h5),
  codepay: inPartnerMode(ORDER_RULES.codepay),
} as const satisfies Record<Product, FieldRules>;

export const PARTNER_CLOSE_RULES: FieldRules = merchants;

export const PARTNER_REVERSE_RULES: FieldRules = inPartnerMode({});
