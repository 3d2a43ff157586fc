/** Acquiring's sub_codes (without `ACQ.`) that this sandbox answers or can be told to, with Alipay's own sub_msg. */
export const TRADE_ERRORS = {
  SYSTEM_ERROR: '系统异常',
  INVALID_PARAMETER: '参数无效',
  ACCESS_FORBIDDEN: '无权限使用接口',
  TOTAL_FEE_EXCEED: '订单总金额超过限额',
  CONTEXT_INCONSISTENT: '订单信息不一致',
  TRADE_HAS_SUCCESS: '交易已被支付',
  TRADE_HAS_CLOSE: '交易已经关闭',
  TRADE_HAS_FINISHED: '交易已经完结',
  TRADE_NOT_EXIST: '交易不存在',
  TRADE_STATUS_ERROR: '交易状态异常',
  TRADE_BUYER_NOT_MATCH: '交易买家不匹配',
  PAYER_UNMATCHED: '付款人不匹配',
  BUYER_NOT_EXIST: '买家不存在',
  BUYER_BALANCE_NOT_ENOUGH: '买家余额不足',
  SELLER_NOT_EXIST: '卖家不存在',
  SELLER_BALANCE_NOT_ENOUGH: '商户的支付宝账户中无足够的资金进行退款',
  NOW_TIME_AFTER_EXPIRE_TIME_ERROR: '当前时间已超过允许支付的时间',
  APPLY_PC_MERCHANT_CODE_ERROR: '申请二维码失败，同一商户订单号不可重复申请',
  REFUND_AMT_NOT_EQUAL_TOTAL: '退款金额超限',
  REASON_TRADE_REFUND_FEE_ERR: '退款金额无效',
  DISCORDANT_REPEAT_REQUEST: '请求信息不一致',
  TRADE_CANCEL_TIME_OUT: '超过撤销时间范围',
} as const;

export type TradeErrorCode = keyof typeof TRADE_ERRORS;

export const isTradeErrorCode = (code: string): code is TradeErrorCode => Object.hasOwn(TRADE_ERRORS, code);
