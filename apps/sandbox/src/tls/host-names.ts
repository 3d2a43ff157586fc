/** Hosts that clients know the wallets by (protocol notes, WeChat Pay §9): they reach us through a hosts file or a preload. */
export const HOST_NAMES: readonly string[] = [
  'api.mch.weixin.qq.com',
  'api2.mch.weixin.qq.com',
  'apihk.mch.weixin.qq.com',
  'api.wechatpay.cn',
  'api2.wechatpay.cn',
  'api.weixin.qq.com',
  'open.weixin.qq.com',
  'openapi.alipay.com',
  'openapi-sandbox.dl.alipaydev.com',
  'localhost',
];

export const ADDRESSES: readonly string[] = ['127.0.0.1', '::1'];
