/**
 * The text under every Alipay signature: names in ASCII order, `name=value` joined by `&`, values raw (opendocs
 * common/057k53). Which names count is the caller's business: a request keeps `sign_type`, a notification drops it.
 */
export function stringToSign(parameters: Iterable<readonly [name: string, value: string]>): string {
  return [...parameters]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}
