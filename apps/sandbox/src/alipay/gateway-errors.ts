/** Public codes and their `msg` (opendocs common/02km9f). */
export const PUBLIC_MESSAGES = {
  '10000': 'Success',
  '10003': 'order success pay inprocess',
  '20000': 'Service Currently Unavailable',
  '20001': 'Insufficient Authorization Permissions',
  '40001': 'Missing Required Arguments',
  '40002': 'Invalid Arguments',
  '40003': 'Insufficient Conditions',
  '40004': 'Business Failed',
  '40005': 'Call Limited',
  '40006': 'Insufficient Permissions',
} as const;

export type PublicCode = keyof typeof PUBLIC_MESSAGES;

/** What the gateway says before a product is reached: sub_code → public code and sub_msg. */
export const GATEWAY_ERRORS = {
  'isp.unknow-error': ['20000', '系统繁忙'],
  'aop.ACQ.SYSTEM_ERROR': ['20000', '系统异常'],
  'isv.missing-app-id': ['40001', '缺少AppID参数'],
  'isv.missing-method': ['40001', '缺少方法名参数'],
  'isv.missing-signature': ['40001', '缺少签名参数'],
  'isv.missing-signature-type': ['40001', '缺少签名类型参数'],
  'isv.missing-timestamp': ['40001', '缺少时间戳参数'],
  'isv.missing-version': ['40001', '缺少版本参数'],
  'isv.invalid-app-id': ['40002', '无效的AppID参数'],
  'isv.invalid-http-method': ['40002', '无效的HTTP请求方法'],
  'isv.invalid-content-type': ['40002', '无效的Content-Type'],
  'isv.invalid-method': ['40002', '不存在的方法名'],
  'isv.invalid-format': ['40002', '无效的数据格式'],
  'isv.invalid-charset': ['40002', '错误的编码格式，仅支持GBK/UTF-8'],
  'isv.invalid-signature-type': ['40002', '无效的签名类型'],
  'isv.invalid-signature': [
    '40002',
    '验签出错，建议检查签名字符串或签名私钥与应用公钥是否匹配，网关生成的验签字符串为：',
  ],
  'isv.invalid-timestamp': ['40002', '非法的时间戳参数'],
  'isv.invalid-parameter': ['40002', '参数无效'],
  // 40002 although something is missing: so answered in production (recorded answers), against the published table.
  'isv.missing-app-cert-sn': ['40002', '缺少应用公钥证书序列号'],
  'isv.missing-alipay-root-cert-sn': ['40002', '缺少支付宝根证书序列号'],
  'isv.missing-alipay-cert-sn': ['40002', '缺少支付宝公钥证书序列号'],
  'isv.invalid-alipay-root-cert-sn': ['40002', '无效的支付宝根证书序列号'],
  'isv.app-cert-not-exist': ['40002', '应用公钥证书不存在'],
  'isv.alipay-cert-not-exist': ['40002', '支付宝公钥证书不存在'],
  'isv.invalid-encrypt-type': ['40002', '无效的加密类型'],
  'isv.missing-encrypt-key': ['40001', '缺少加密密钥'],
  'isv.decryption-error-unknown': ['40003', '解密出错, 未知错误'],
  'isv.code-invalid': ['40002', '授权码code无效'],
  'isv.refresh-token-invalid': ['40002', '刷新令牌refresh_token无效'],
  'isv.grant-type-invalid': ['40002', '授权类型grant_type无效'],
  'isv.illegal-json': ['40002', '不合法的JSON格式'],
  'isv.app-call-limited': ['40005', '应用调用次数超限'],
} as const satisfies Readonly<Record<string, readonly [PublicCode, string]>>;

export type GatewayErrorCode = keyof typeof GATEWAY_ERRORS;

export const isGatewayErrorCode = (code: string): code is GatewayErrorCode => Object.hasOwn(GATEWAY_ERRORS, code);
