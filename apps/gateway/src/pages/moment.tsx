import type { Language } from '../http/language.js';

/** Wallets, statements and shops of this country all go by Beijing time, so pages do too. */
const TIME_ZONE = 'Asia/Shanghai';

export function Moment({ at, language }: { at: Date; language: Language }) {
  const text = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium', timeZone: TIME_ZONE });
  return <time datetime={at.toISOString()}>{text.format(at)}</time>;
}
