import type { IncomingHttpHeaders } from 'node:http';
import { ControlError } from '../frame/control-error.js';

/**
 * A form of this phone, or no browser at all: a page elsewhere must not press its buttons. Browsers say where a form
 * comes from (`Sec-Fetch-Site`, else `Origin`); who says neither is a program on this machine, which has the control
 * surface anyway. @throws ControlError 403
 */
export function refuseOtherOrigins(headers: IncomingHttpHeaders): void {
  const { host, origin } = headers;
  const site = headers['sec-fetch-site'];
  const foreign = origin !== undefined && URL.parse(origin)?.host !== host;
  if (!foreign && (site === undefined || site === 'same-origin' || site === 'none')) return;
  throw new ControlError(403, `The phone takes its own forms only; this one comes from ${origin ?? 'another site'}.`);
}
