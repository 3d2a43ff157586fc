/** Above the Basic Multilingual Plane (emoji), control characters and lone surrogates: no wire here takes them. */
const UNWELCOME = /[\u{10000}-\u{10FFFF}]|\p{Cc}|\p{Cs}/gu;

/** Drops what the wires refuse (supplementary-plane and control characters, lone surrogates); white space becomes one space. */
export function plainText(text: string): string {
  // White space first: a line break is a control character too, and must not glue two words together.
  return text.replace(/\s+/gu, ' ').replace(UNWELCOME, '').replace(/ {2,}/g, ' ').trim();
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
