import iconv from 'iconv-lite';

export type Charset = 'utf-8' | 'gbk';

/** The `charset` values the gateway takes (`isv.invalid-charset`: "仅支持GBK/UTF-8"; gb2312 is read as its superset GBK). */
export function parseCharset(value: string | undefined): Charset | undefined {
  const name = value?.toLowerCase();
  if (name === 'utf-8' || name === 'utf8') return 'utf-8';
  return name === 'gbk' || name === 'gb2312' ? 'gbk' : undefined;
}

export function decodeText(bytes: Uint8Array, charset: Charset): string {
  return new TextDecoder(charset, { ignoreBOM: true }).decode(bytes);
}

/** Text → bytes. What GBK cannot hold becomes `?`, as Java's encoder does (clients of the gateway compare with that). */
export function encodeText(text: string, charset: Charset): Buffer {
  return charset === 'utf-8' ? Buffer.from(text, 'utf8') : iconv.encode(text, 'gbk');
}

/** The text between characters and wire: percent-encoded in the charset of the message, spaces as `+`. */
export function formEncode(text: string, charset: Charset): string {
  let encoded = '';
  for (const byte of encodeText(text, charset)) encoded += FORM_BYTES[byte];
  return encoded;
}

const FORM_BYTES = Array.from({ length: 256 }, (_, byte) => {
  const char = String.fromCharCode(byte);
  if (char === ' ') return '+';
  return /[0-9A-Za-z*\-._]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
});
