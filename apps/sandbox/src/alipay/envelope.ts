/**
 * The answer's JSON, in the one spelling that every client's extraction takes: compact, `/` as `\/` (PHP clients
 * re-encode before they verify), non-ASCII raw, nulls dropped. Keys keep their order.
 */
export function compactJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => inner ?? undefined)
    .replaceAll('/', String.raw`\/`)
    .replaceAll('\u2028', String.raw`\u2028`)
    .replaceAll('\u2029', String.raw`\u2029`);
}

/** `alipay.trade.query` → `alipay_trade_query_response`; a method that is no method name gets `error_response`. */
export function responseKey(method: string | undefined): string {
  return method !== undefined && /^[a-z][a-z0-9.]{0,127}$/.test(method)
    ? `${method.replaceAll('.', '_')}_response`
    : 'error_response';
}

/**
 * Response first, then Alipay's certificate for who named theirs, `sign` last: clients cut by these names. The signature
 * covers exactly the bytes of `response`. Without a signature: an unknown app.
 */
export function envelope(key: string, response: string, signature?: string, certSn?: string): string {
  const certified = certSn === undefined ? '' : `,"alipay_cert_sn":"${certSn}"`;
  const signed = signature === undefined ? '' : `,"sign":${JSON.stringify(signature)}`;
  return `{"${key}":${response}${certified}${signed}}`;
}
