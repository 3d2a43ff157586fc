/** The platform's own decoder read backwards: every character of two bytes. */
const BYTES = new Map<string, readonly [number, number]>();
const decoder = new TextDecoder('gbk');
for (let lead = 0x81; lead <= 0xfe; lead += 1) {
  for (let trail = 0x40; trail <= 0xfe; trail += 1) {
    const text = decoder.decode(Uint8Array.of(lead, trail));
    if (text.length === 1 && text !== '\uFFFD' && !BYTES.has(text)) BYTES.set(text, [lead, trail]);
  }
}

/** Text as GBK. @throws Error on a character that GBK has none for */
export function gbk(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  let size = 0;
  for (const character of text) {
    const code = character.charCodeAt(0);
    const found = code < 0x80 ? [code] : BYTES.get(character);
    if (found === undefined) throw new Error(`GBK has no ${character}.`);
    bytes.set(found, size);
    size += found.length;
  }
  return bytes.subarray(0, size);
}
