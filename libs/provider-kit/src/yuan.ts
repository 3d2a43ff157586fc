const YUAN = /^(0|[1-9]\d{0,12})(?:\.(\d{1,2}))?$/;

/** Fen as the wires write yuan: `1299` → `"12.99"`. */
export function fenToYuan(fen: number): string {
  if (!Number.isSafeInteger(fen) || fen < 0) throw new RangeError('Fen are a safe integer of zero or more.');
  return `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
}

/** Yuan as the wires write it, to fen, exactly. @throws RangeError on anything but digits with at most two decimals */
export function yuanToFen(yuan: string): number {
  const match = YUAN.exec(yuan);
  if (match === null) throw new RangeError(`"${yuan.slice(0, 32)}" is not an amount in yuan, such as "12.99".`);
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}

const SIGNED_YUAN = /^([+-]?)(\d{1,13}(?:\.\d{1,2})?)(?:(?<=\.\d\d)0*)?$/;

/**
 * Yuan as statements write it, to fen, exactly: with a sign, leading zeros, or more decimals as long as they are zero
 * (`"-0.06000"` → -6). Minus zero is zero.
 * @throws RangeError on anything else
 */
export function signedYuanToFen(yuan: string): number {
  const match = SIGNED_YUAN.exec(yuan);
  if (match === null) throw new RangeError(`"${yuan.slice(0, 32)}" is not an amount in yuan, such as "-12.99".`);
  const [whole = '', decimals = ''] = (match[2] ?? '').split('.');
  const fen = Number(whole) * 100 + Number(decimals.padEnd(2, '0'));
  return match[1] === '-' && fen !== 0 ? -fen : fen;
}
