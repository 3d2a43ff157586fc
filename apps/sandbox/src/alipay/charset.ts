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
  return charset === 'utf-8' ? Buffer.from(text, 'utf8') : encodeGbk(text);
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

function encodeGbk(text: string): Buffer {
  const table = gbkTable();
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.charCodeAt(0);
    if (char.length === 1 && code < 0x80) bytes.push(code);
    else bytes.push(...(table.get(char) ?? [0x3f]));
  }
  return Buffer.from(bytes);
}

let gbk: Map<string, [number, number]> | undefined;

/** Node decodes GBK but does not encode it: the table is the decoder read backwards, made on first use. */
function gbkTable(): Map<string, [number, number]> {
  if (gbk) return gbk;
  gbk = new Map();
  const decoder = new TextDecoder('gbk', { fatal: true });
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      const char = trail === 0x7f ? undefined : decodePair(decoder, lead, trail);
      if (char !== undefined && !gbk.has(char)) gbk.set(char, [lead, trail]);
    }
  }
  return gbk;
}

function decodePair(decoder: InstanceType<typeof TextDecoder>, lead: number, trail: number): string | undefined {
  try {
    return decoder.decode(Uint8Array.of(lead, trail));
  } catch {
    return undefined;
  }
}
