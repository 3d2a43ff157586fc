/** Above the Basic Multilingual Plane (emoji), control characters and lone surrogates: no wire here takes them. */
const UNWELCOME = /[\u{10000}-\u{10FFFF}]|\p{Cc}|\p{Cs}/gu;

/** Drops what the wires refuse: supplementary-plane characters, control characters, lone surrogates. */
export function plainText(text: string): string {
  return text.replace(UNWELCOME, '').replace(/\s+/gu, ' ').trim();
}

/** The longest head of `text` that fits into `maxBytes` of UTF-8, never cut mid-character. */
export function fitBytes(text: string, maxBytes: number): string {
  let size = 0;
  let end = 0;
  for (const character of text) {
    size += Buffer.byteLength(character);
    if (size > maxBytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}
