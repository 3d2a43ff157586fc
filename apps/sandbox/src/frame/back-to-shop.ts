/** A shop's address as a Location header can carry it; undefined when it is not one http or https address. */
export function backToShop(url: unknown): string | undefined {
  return typeof url === 'string' && /^https?:\/\//i.test(url) ? URL.parse(url)?.href : undefined;
}
