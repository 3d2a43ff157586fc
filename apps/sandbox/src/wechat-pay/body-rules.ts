import { jsonOf } from './json-body.js';
import { parameterError, type WechatError } from './wechat-error.js';

/** What a field may be. Lengths are bytes of UTF-8: that is what the real server counts in its messages (protocol §3.2). */
export type FieldRule = { readonly label: string; readonly required?: true } & (
  | { readonly is: 'text'; readonly min?: number; readonly max: number; readonly shape?: RegExp }
  | { readonly is: 'integer'; readonly min: number }
  | { readonly is: 'flag' }
  /** `maxBytes`: of the object as JSON. */
  | { readonly is: 'object'; readonly fields: FieldRules; readonly maxBytes?: number }
  | { readonly is: 'list'; readonly of: FieldRule; readonly min?: number; readonly max?: number }
);

export type FieldRules = Readonly<Record<string, FieldRule>>;

export type Body = Readonly<Record<string, unknown>>;

/**
 * The JSON object of a request, judged field by field with the real server's messages (protocol §8).
 * @throws WechatError 400 PARAM_ERROR
 */
export function bodyOf(bytes: Buffer, rules: FieldRules): Body {
  const body = parsed(bytes);
  judgeObject(body, rules, '/body');
  return body as Body;
}

function parsed(bytes: Buffer): unknown {
  // UTF-8 of one to three bytes only (protocol §1.4): no emoji.
  if (holdsFour(bytes)) throw parameterError('请求参数中含有不支持的字符（四字节UTF-8）');
  try {
    return jsonOf(bytes);
  } catch {
    throw parameterError('请求体不是合法的JSON');
  }
}

/** Whether a character of four bytes begins somewhere; broken UTF-8 is judged like it. A loop: every order comes by here. */
function holdsFour(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at += 1) if (bytes[at]! >= 0xf0) return true;
  return false;
}

function judge(value: unknown, rule: FieldRule, at: string): void {
  if (value === undefined) {
    if (rule.required) throw missing(at, rule.label);
    return;
  }
  switch (rule.is) {
    case 'text':
      return judgeText(value, rule, at);
    case 'integer':
      return judgeInteger(value, rule, at);
    case 'flag':
      if (typeof value !== 'boolean') throw mistyped(value, rule.label, at, '布尔值');
      return;
    case 'object':
      judgeObject(value, rule.fields, at, rule.label);
      return judgeSize(value, rule, at);
    case 'list':
      return judgeList(value, rule, at);
  }
}

function judgeList(value: unknown, rule: FieldRule & { readonly is: 'list' }, at: string): void {
  const { label, of, min = 0, max = Infinity } = rule;
  if (!Array.isArray(value)) throw mistyped(value, label, at, '数组');
  const failed = `输入源“${at}”映射到数组字段“${label}”规则校验失败，`;
  if (value.length < min) throw parameterError(`${failed}元素个数 ${value.length}，小于最小值 ${min}`);
  if (value.length > max) throw parameterError(`${failed}元素个数 ${value.length}，大于最大值 ${max}`);
  value.forEach((item, index) => judge(item, { ...of, required: true }, `${at}/${index}`));
}

/** After its fields: those have refused what nests too deeply to be written back. */
function judgeSize(value: unknown, { label, maxBytes }: FieldRule & { readonly is: 'object' }, at: string): void {
  if (maxBytes === undefined) return;
  const bytes = Buffer.byteLength(JSON.stringify(value));
  if (bytes <= maxBytes) return;
  throw parameterError(
    `输入源“${at}”映射到值字段“${label}”字符串规则校验失败，字节数 ${bytes}，大于最大值 ${maxBytes}`,
  );
}

function judgeObject(value: unknown, rules: FieldRules, at: string, label = '请求体'): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw mistyped(value, label, at, '对象');
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(rules, name));
  if (unknown !== undefined) {
    throw parameterError(`参数中含有非法的额外参数：“${at}/${unknown}”`, undefined, 270924358);
  }
  for (const [name, rule] of Object.entries(rules)) judge((value as Body)[name], rule, `${at}/${name}`);
}

/** Production's internal number behind the Request-ID (protocol §2.1). */
const OUT_OF_RANGE = 268435464;

function judgeText(value: unknown, rule: FieldRule & { readonly is: 'text' }, at: string): void {
  if (typeof value !== 'string') throw mistyped(value, rule.label, at, '字符串');
  const { label, min = 1, max, shape } = rule;
  const bytes = Buffer.byteLength(value);
  if (bytes >= min && bytes <= max && (shape === undefined || shape.test(value))) return;
  const failed = `输入源“${at}”映射到值字段“${label}”字符串规则校验失败，`;
  if (bytes < min) throw parameterError(`${failed}字节数 ${bytes}，小于最小值 ${min}`, value, OUT_OF_RANGE);
  if (bytes > max) throw parameterError(`${failed}字节数 ${bytes}，大于最大值 ${max}`, value, OUT_OF_RANGE);
  throw parameterError(`${failed}格式不符合要求`, value);
}

function judgeInteger(value: unknown, { label, min }: FieldRule & { readonly is: 'integer' }, at: string): void {
  if (!Number.isSafeInteger(value)) throw mistyped(value, label, at, ' 64 位有符号整数');
  if ((value as number) >= min) return;
  throw parameterError(`输入源“${at}”映射到数值字段“${label}”规则校验失败，值低于最小值 ${min}`, value, OUT_OF_RANGE);
}

/** Also for query parameters: `/query/mchid`. */
export const missing = (at: string, label: string, internal?: number): WechatError =>
  parameterError(`输入源“${at}”映射到字段“${label}”必填性规则校验失败，此字段为必填项`, undefined, internal);

const mistyped = (value: unknown, label: string, at: string, kind: string): WechatError =>
  parameterError(`无法将 JSON 输入源“${at}”映射到目标字段“${label}”中，此字段需要一个合法的${kind}`, value);
