import type { Lang } from '../reader.js';

const LOCALE = { zh: 'zh-CN', en: 'en-GB' } as const;

/** Fen as yuan, both decimals always; whole yuan and decimals apart, because the pages draw them apart. */
export function yuan(fen: number): string {
  const text = String(fen).padStart(3, '0');
  return `${text.slice(0, -2)}.${text.slice(-2)}`;
}

/** Yuan as somebody types them, in fen; nothing when it is no amount. */
export function fenOf(text: string): number | undefined {
  const [, whole, decimals = ''] = /^\s*¥?\s*(\d{1,9})(?:\.(\d{1,2}))?\s*$/.exec(text) ?? [];
  return whole === undefined ? undefined : Number(whole) * 100 + Number(decimals.padEnd(2, '0'));
}

/** In the time of the story's shops. */
export function moment(time: string | Date, lang: Lang): string {
  const format = new Intl.DateTimeFormat(LOCALE[lang], {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone: 'Asia/Shanghai',
  });
  return format.format(new Date(time));
}

/** Black or white, whichever reads better on this colour (WCAG contrast). */
export function textOn(color: string): '#000' | '#fff' {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => linear(Number.parseInt(color.slice(at, at + 2), 16)));
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? '#fff' : '#000';
}

function linear(channel: number): number {
  const part = channel / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}
