/** The cookie that says whose phone this browser is; the phone sets it. */
export const CHOSEN_PAYER = 'sandbox_payer';

/** A name or an id of a wallet user: what the phone lets somebody be called. */
export const PAYER_NAME = /^[0-9A-Za-z_-]{1,64}$/;

/** Whom the browser's phone belongs to; undefined where nobody has chosen. */
export function chosenPayer(header: string | undefined): string | undefined {
  const payer = cookieNamed(header, CHOSEN_PAYER) ?? '';
  return PAYER_NAME.test(payer) ? payer : undefined;
}

/** The value as it was sent, not decoded. */
export function cookieNamed(header: string | undefined, name: string): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
