import type { LocalText } from '@hutong/payment-port';

/** Why a method is not shown: a closed list in order of precedence; the first that holds is given. */
export const REASONS = [
  'excluded_by_app',
  'switched_off',
  'not_configured',
  'pending_review',
  'not_in_rollout',
  'scene_unsupported',
  'currency_unsupported',
  'amount_below_min',
  'amount_above_max',
  'segment_excluded',
  'client_too_old',
  'outside_calendar',
  'environment_unfit',
  'account_missing',
  'provider_unavailable',
] as const;

export type Reason = (typeof REASONS)[number];

/** For people, in the two languages of the API. */
export const REASON_TEXTS: Readonly<Record<Reason, LocalText>> = {
  excluded_by_app: { 'zh-CN': '该应用不使用此支付机构', en: 'This app does not use that provider.' },
  switched_off: { 'zh-CN': '该支付方式已关闭', en: 'This method is switched off.' },
  not_configured: { 'zh-CN': '该应用未配置此支付方式', en: 'This app has not configured this method.' },
  pending_review: { 'zh-CN': '该支付方式正在审核中', en: 'This method is waiting for review.' },
  not_in_rollout: { 'zh-CN': '该支付方式尚未对此用户开放', en: 'This method is not open to this payer yet.' },
  scene_unsupported: { 'zh-CN': '该支付方式不支持当前场景', en: 'This method does not work in this scene.' },
  currency_unsupported: { 'zh-CN': '该支付方式不支持此币种', en: 'This method does not take this currency.' },
  amount_below_min: { 'zh-CN': '金额低于该支付方式的下限', en: 'The amount is below the minimum of this method.' },
  amount_above_max: { 'zh-CN': '金额超过该支付方式的上限', en: 'The amount is above the maximum of this method.' },
  segment_excluded: { 'zh-CN': '该支付方式不对此类用户开放', en: 'This method is not open to this group of payers.' },
  client_too_old: { 'zh-CN': '应用版本过低，不支持该支付方式', en: 'The app version is too old for this method.' },
  outside_calendar: { 'zh-CN': '当前时间不可使用该支付方式', en: 'This method is not open at this time.' },
  environment_unfit: { 'zh-CN': '当前环境无法使用该支付方式', en: 'This method cannot work in this environment.' },
  account_missing: { 'zh-CN': '该应用尚未配置商户账户', en: 'This app has no account at the provider.' },
  provider_unavailable: { 'zh-CN': '支付机构暂时不可用', en: 'The provider is not available at the moment.' },
};
