const LEADS = Array.from({ length: 0x7e }, (_, at) => 0x81 + at);
const TRAILS = Array.from({ length: 0xbf }, (_, at) => 0x40 + at).filter((byte) => byte !== 0x7f);
const LINE_FEED = 0x0a;

let table: ReadonlyMap<string, number> | undefined;

/** Text as GBK bytes, `?` for what it does not have. Node only decodes GBK, so its table is read backwards, once. */
export function gbkBytes(text: string): Buffer {
  table ??= new Map(LEADS.flatMap(rowOf));
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const pair = code < 0x80 ? code : (table.get(character) ?? 0x3f);
    bytes.push(...(pair < 0x100 ? [pair] : [pair >> 8, pair & 0xff]));
  }
  return Buffer.from(bytes);
}

/** The characters behind one lead byte, a line each; a pair that stands for nothing becomes more or less than one. */
function rowOf(lead: number): [character: string, pair: number][] {
  const row = new TextDecoder('gbk').decode(Uint8Array.from(TRAILS.flatMap((trail) => [lead, trail, LINE_FEED])));
  return row.split('\n').flatMap((character, at): [string, number][] => {
    const trail = TRAILS[at];
    return character.length === 1 && character !== '\uFFFD' && trail !== undefined
      ? [[character, (lead << 8) | trail]]
      : [];
  });
}
