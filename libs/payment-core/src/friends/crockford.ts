/** Crockford's base 32: digits and capitals without I, L, O and U, which are read or heard as something else. */
export const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The largest prime below 32², so that a check fits two letters. */
const MODULUS = 1_021;

/**
 * The two letters that make `letters` followed by them a multiple of 1021, read as one number in base 32. Any single wrong
 * letter and any two neighbours in each other's place leave a remainder: they change the number by d·32ᵏ or 31·d·32ᵏ with
 * 0 < |d| < 32, and 1021 is a prime that divides none of these.
 */
export function checkLetters(letters: string): string {
  const missing = (MODULUS - remainder(`${letters}00`)) % MODULUS;
  return `${LETTERS[missing >> 5]}${LETTERS[missing & 31]}`;
}

/** Whether the last two letters are the check of the others. */
export function isChecked(letters: string): boolean {
  return remainder(letters) === 0;
}

function remainder(letters: string): number {
  let value = 0;
  for (const letter of letters) value = (value * 32 + LETTERS.indexOf(letter)) % MODULUS;
  return value;
}
