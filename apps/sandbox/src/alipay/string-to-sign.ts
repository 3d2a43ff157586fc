/**
 * The string the app signs: every parameter but `sign`, blanks dropped, `sign_type` kept, names in ASCII order,
 * values raw (opendocs 02kf5p "自行实现签名"). In: values as bytes, one latin1 character each. Out: the bytes signed.
 */
export function requestBytesToSign(raw: ReadonlyMap<string, string>): Buffer {
  const signed = [...raw].filter(([name, value]) => name !== 'sign' && value.trim() !== '');
  return Buffer.from(join(signed), 'latin1');
}

/** The string Alipay signs in a notification and in the sync return: like a request, but without `sign_type`. */
export function notificationStringToSign(fields: Readonly<Record<string, string>>): string {
  return join(Object.entries(fields).filter(([name]) => name !== 'sign' && name !== 'sign_type'));
}

function join(pairs: (readonly [string, string])[]): string {
  return pairs
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}
