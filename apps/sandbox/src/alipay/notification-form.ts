import { type Charset, formEncode } from './charset.js';

/** Fields → form body in `charset`. Empty values are left out: clients disagree on whether those are signed. */
export function notificationForm(fields: Readonly<Record<string, string>>, charset: Charset): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${formEncode(value, charset)}`)
    .join('&');
}

export function withoutBlanks(fields: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept = Object.entries(fields).filter((field): field is [string, string] => (field[1] ?? '') !== '');
  return Object.fromEntries(kept);
}
