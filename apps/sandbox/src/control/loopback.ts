import { ControlError } from '../frame/control-error.js';

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/** The answers hold private keys and the calls move (pretended) money: this machine only. @throws ControlError 403 */
export function refuseStrangers(address: string | undefined, what = '/__sandbox'): void {
  if (address !== undefined && LOOPBACK.test(address)) return;
  throw new ControlError(403, `${what} answers this machine only; you come from ${address ?? 'nowhere'}.`);
}
