/** English for each message, by its Chinese with the places that change in braces. A field's label is left out: its pointer says it. */
const ENGLISH: Readonly<Record<string, string>> = {
  // Authorization (protocol §1.3)
  'Http头缺少Accept或User-Agent': 'The HTTP headers lack Accept or User-Agent.',
  'Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》':
    'The value of Authorization is malformed; see the rules for signing requests to the merchant REST API.',
  HTTP头Authorization认证类型不正确: 'The scheme in Authorization is wrong.',
  Http头Authorization中的timestamp与发起请求的时间不得超过5分钟:
    'The timestamp in Authorization must be within 5 minutes of the request.',
  '签名信息错误，验签失败': 'The signature information is wrong; verification failed.',
  签名错误: 'The signature is wrong.',
  '签名错误,请检查后再试': 'The signature is wrong; check it and try again.',
  '商户证书序列号有误。请使用签名私钥匹配的证书序列号':
    'The serial number is wrong: use that of the certificate that belongs to the signing key.',
  'http header中的mchid与post payload中的mchid不匹配': 'The mchid in the header is not the mchid in the body.',
  // Bodies (protocol §8)
  '请求参数中含有不支持的字符（四字节UTF-8）':
    'The parameters hold characters that are not supported (four bytes of UTF-8).',
  请求体不是合法的JSON: 'The body is not valid JSON.',
  '参数中含有非法的额外参数：“{at}”': 'There is a parameter that does not belong here: {at}.',
  '输入源“{at}”映射到字段“{label}”必填性规则校验失败，此字段为必填项': '{at} is required.',
  '无法将 JSON 输入源“{at}”映射到目标字段“{label}”中，此字段需要一个合法的字符串': '{at} must be a string.',
  '无法将 JSON 输入源“{at}”映射到目标字段“{label}”中，此字段需要一个合法的布尔值': '{at} must be a boolean.',
  '无法将 JSON 输入源“{at}”映射到目标字段“{label}”中，此字段需要一个合法的数组': '{at} must be an array.',
  '无法将 JSON 输入源“{at}”映射到目标字段“{label}”中，此字段需要一个合法的对象': '{at} must be an object.',
  '无法将 JSON 输入源“{at}”映射到目标字段“{label}”中，此字段需要一个合法的 64 位有符号整数':
    '{at} must be a signed integer of 64 bits.',
  '输入源“{at}”映射到值字段“{label}”字符串规则校验失败，字节数 {bytes}，小于最小值 {limit}':
    '{at} has {bytes} bytes, fewer than the least, {limit}.',
  '输入源“{at}”映射到值字段“{label}”字符串规则校验失败，字节数 {bytes}，大于最大值 {limit}':
    '{at} has {bytes} bytes, more than the most, {limit}.',
  '输入源“{at}”映射到值字段“{label}”字符串规则校验失败，格式不符合要求':
    '{at} does not have the form that is asked for.',
  '输入源“{at}”映射到数值字段“{label}”规则校验失败，值低于最小值 {limit}': '{at} is below the least value, {limit}.',
  '输入源“{at}”映射到数组字段“{label}”规则校验失败，元素个数 {count}，小于最小值 {limit}':
    '{at} has {count} items, fewer than the least, {limit}.',
  '输入源“{at}”映射到数组字段“{label}”规则校验失败，元素个数 {count}，大于最大值 {limit}':
    '{at} has {count} items, more than the most, {limit}.',
  // Orders (protocol §3, §4)
  'appid和mch_id不匹配，请检查后再试': 'appid and mchid do not belong together; check them and try again.',
  appid和openid不匹配: 'appid and openid do not belong together.',
  商户号和订单信息不匹配: 'The merchant number and the order do not belong together.',
  商户号不存在: 'There is no such merchant number.',
  订单不存在: 'There is no such order.',
  该订单已支付: 'The order has been paid.',
  订单已关闭: 'The order is closed.',
  订单已过期或已关闭: 'The order has expired or is closed.',
  '请求重入时，参数与首次请求时不一致': 'The request differs from the first one with this number.',
  商户订单号重复: "The merchant's order number has been used.",
  '当前交易不允许进行普通关单(只能撤销)': 'This transaction cannot be closed, only reversed.',
  当前交易不支持撤销: 'This transaction cannot be reversed.',
  '订单已发生退款，不允许撤销': 'The order has been refunded and cannot be reversed.',
  用户账号余额不足: "The payer's balance is too small.",
  余额不足: 'The balance is too small.',
  用户账户异常: "There is something wrong with the payer's account.",
  需要用户输入支付密码: 'The payer has to enter the payment password.',
  '101 付款码无效，请重新扫码': '101 The payment code is not valid; scan it again.',
  '101 付款码无效，每个二维码仅限使用一次，请刷新再试':
    '101 The payment code is not valid: each can be used only once. Refresh it and try again.',
  // Combined orders (protocol §3.7)
  合单总金额超过上限: 'The sum of the sub orders is too large.',
  子单商户订单号重复: 'Two sub orders have the same number.',
  重复下单且结算信息不一致: 'The order is placed again with other settlement information.',
  关单的子单信息与下单时不一致: 'The sub orders to close are not those that were placed.',
  // Partner mode (protocol §15)
  sp_openid和sub_openid必须且只能传其中之一: 'Exactly one of sp_openid and sub_openid is needed.',
  '传入sub_openid时，sub_appid必填': 'With sub_openid, sub_appid is required.',
  'sub_appid和sub_mchid不匹配，请检查后再试':
    'sub_appid and sub_mchid do not belong together; check them and try again.',
  子商户号不能与服务商商户号相同: 'The sub merchant must not be the partner itself.',
  服务商与子商户号关系不存在: 'The partner is not related to this sub merchant.',
  子商户号和订单信息不匹配: 'The sub merchant and the order do not belong together.',
  '商户号不是服务商，请使用直连商户接口': 'The merchant is no partner: use the calls of direct merchants.',
  '商户号是服务商，请使用服务商接口': 'The merchant is a partner: use the calls of partner mode.',
  // Refunds, certificates (protocol §5, §2.4)
  退款单不存在: 'There is no such refund.',
  您的请求参数与订单信息不一致: 'The parameters do not agree with the order.',
  申请退款金额大于订单剩余可退金额: 'The amount is more than what is left to refund of the order.',
  订单退款次数超过上限: 'The order has been refunded too many times.',
  订单已经超过可退款的最大期限: 'The order is too old to be refunded.',
  '无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥。':
    'There is no platform certificate: apply for the WeChat Pay public key in the merchant console, under API security.',
  无可用的平台证书: 'There is no platform certificate.',
  '退款单状态不是退款异常，不允许发起异常退款':
    'The refund is not abnormal: only those that are can be sent another way.',
  银行卡号格式不正确: 'The bank card number does not have the form that is asked for.',
  '基本账户余额不足，请充值后重新发起': 'The balance of the basic account is too small; top it up and try again.',
  用户账户异常或已注销: "There is something wrong with the payer's account, or it has been closed.",
  退款出资金额之和与退款金额不一致: 'The amounts of the funding accounts do not add up to the refund.',
  退款出资账户重复: 'A funding account is named twice.',
  '频率超限，请稍后重试': 'There are too many requests; try again later.',
  // Bills (protocol §7)
  账单日期必须早于当天: 'The date of a bill must be before today.',
  账单日期超出可下载的三个月范围: 'The date is beyond the three months for which bills can be downloaded.',
  '账单生成中，请稍后重试': 'The bill is being made; try again later.',
  账单文件不存在: 'There is no such bill.',
  '下载地址无效或已过期，请重新申请账单': 'The download address is not valid or has expired; ask for the bill again.',
  商户无权限下载该账单: 'The bill is not for this merchant to download.',
  // Encrypted fields (protocol §2.5)
  'HTTP header缺少微信支付平台证书序列号(Wechatpay-Serial)':
    'The HTTP headers lack Wechatpay-Serial, the serial number of the platform certificate.',
  '平台证书序列号Wechatpay-Serial错误': 'The serial number of the platform certificate in Wechatpay-Serial is wrong.',
  请确认待处理的消息是否为加密后的密文: 'A field that must be encrypted could not be decrypted.',
  // Injected errors without a place of their own
  参数错误: 'A parameter is wrong.',
  无效请求: 'The request is not valid.',
  商户无权限: 'The merchant has no permission for this.',
  业务规则限制: 'A business rule does not allow this.',
  交易错误: 'The transaction failed.',
  查询的资源不存在: 'What was asked for does not exist.',
  频率超限: 'There are too many requests.',
  '系统异常，请稍后重试': 'The system failed; try again later.',
  服务不可用: 'The service is not available.',
};

interface Pattern {
  readonly chinese: RegExp;
  readonly english: string;
}

const PATTERNS: readonly Pattern[] = Object.entries(ENGLISH)
  .filter(([chinese]) => chinese.includes('{'))
  .map(([chinese, english]) => ({ chinese: patternOf(chinese), english }));

/** Each place in braces stands for any text; everything else is as written. */
function patternOf(template: string): RegExp {
  const literal = template.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${literal.replaceAll(/\{(\w+)\}/g, '(?<$1>[^]*)')}$`);
}

const CHINESE = /[\u3400-\u9fff]/;

/** The message in English, which what this sandbox says in its own name is already; undefined where nobody has written it yet. */
export function english(chinese: string): string | undefined {
  if (!CHINESE.test(chinese)) return chinese;
  if (Object.hasOwn(ENGLISH, chinese)) return ENGLISH[chinese];
  for (const { chinese: pattern, english: words } of PATTERNS) {
    const places = pattern.exec(chinese)?.groups;
    if (places !== undefined) return words.replaceAll(/\{(\w+)\}/g, (_brace, name: string) => places[name] ?? '');
  }
  return undefined;
}
