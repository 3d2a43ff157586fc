import { Refusal } from '../http/refusal.js';
import type { GatewayRequest } from '../http/request.js';

/** Routes whose forms browsers post. */
export const PAGE_ROUTES = ['/cashier/', '/f/', '/q/'] as const;

export const isPageRoute = (url: string): boolean => PAGE_ROUTES.some((prefix) => url.startsWith(prefix));

/** A field of a posted form; undefined when it is missing or there twice. Other fields are nobody's business. */
export function formField({ body }: GatewayRequest, name: string): string | undefined {
  const values = body instanceof URLSearchParams ? body.getAll(name) : [];
  return values.length === 1 ? values[0] : undefined;
}

/**
 * Refuses a form that another site's page sent. Browsers say in `Sec-Fetch-Site` where it comes from; older ones in `Origin`, which is
 * `null` under our Referrer-Policy and then says nothing. What stands behind these forms is the token in the address, which another site does
 * not know, and on some pages a `SameSite=Lax` cookie, which another site's form does not bring.
 * @throws Refusal 403
 */
export function refuseForeignForm({ headers }: GatewayRequest, publicUrl: string): void {
  const site = headers['sec-fetch-site'];
  const { origin } = headers;
  const own = site === undefined ? isOwn(origin, publicUrl) : site === 'same-origin';
  if (!own) throw new Refusal(403, 'foreign_form', 'This form was sent by another site.');
}

function isOwn(origin: string | undefined, publicUrl: string): boolean {
  return origin === undefined || origin === 'null' || origin === new URL(publicUrl).origin;
}
