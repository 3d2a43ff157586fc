/**
 * What goods look like: our own drawings, a few strokes each on a field of 48 × 48. The strokes take the text colour, the
 * filled part the shop's.
 */
export interface DrawingStrokes {
  readonly filled: string;
  readonly strokes: string;
}

export const DRAWINGS = {
  leaf: { filled: 'M10 38C8 20 20 10 40 8c0 20-8 32-26 30z', strokes: 'M8 42C14 30 22 22 32 16' },
  eggs: {
    filled: 'M16 38a8 9 0 0 1 0-20 8 9 0 0 1 0 20zM33 38a8 9 0 0 1 0-20 8 9 0 0 1 0 20z',
    strokes: 'M5 36h38l-3 6H8z',
  },
  sack: { filled: 'M14 16h20c6 10 7 20 4 26H10c-3-6-2-16 4-26z', strokes: 'M16 6l-2 10h20L32 6M18 28h12' },
  cloth: { filled: 'M10 10h28v10H10zM10 30h28v10H10z', strokes: 'M10 10h28v30H10zM10 20h28M10 30h28' },
  cup: {
    filled: 'M10 22h22v12a8 8 0 0 1-8 8h-6a8 8 0 0 1-8-8z',
    strokes: 'M32 24h4a4 4 0 0 1 0 10h-4M16 8v8M21 6v10M26 8v8',
  },
  lamp: { filled: 'M16 8h16l8 18H8z', strokes: 'M24 26v14M15 42h18M32 26v6' },
  bowl: { filled: 'M6 22h36a18 18 0 0 1-36 0z', strokes: 'M18 42h12M16 16c0-4 4-4 4-8M26 16c0-4 4-4 4-8' },
  film: { filled: 'M20 18v12l10-6z', strokes: 'M6 10h36v28H6zM6 16h36M6 32h36' },
  ticket: { filled: 'M6 14h24v20H6z', strokes: 'M6 14h36v6a4 4 0 0 0 0 8v6H6v-6a4 4 0 0 0 0-8zM30 14v20' },
  bottle: {
    filled: 'M15 26h18v14a3 3 0 0 1-3 3H18a3 3 0 0 1-3-3z',
    strokes: 'M20 5h8v8l5 7v20a3 3 0 0 1-3 3H18a3 3 0 0 1-3-3V20l5-7z',
  },
  book: {
    filled: 'M6 10c8-2 14 0 18 3v27c-4-3-10-5-18-3z',
    strokes: 'M24 13c4-3 10-5 18-3v27c-8-2-14 0-18 3-4-3-10-5-18-3V10c8-2 14 0 18 3zm0 0v27',
  },
  camera: { filled: 'M24 18a9 9 0 1 1 0 18 9 9 0 0 1 0-18z', strokes: 'M6 14h10l3-5h10l3 5h10v26H6zM36 20h2' },
  chair: { filled: 'M10 22h28v6H10z', strokes: 'M14 6v16M34 6v16M14 12h20M14 28L8 42M34 28l6 14' },
  fish: { filled: 'M4 24c8-14 22-14 30-2l10-8v20l-10-8C26 38 12 38 4 24z', strokes: 'M13 21h.1M20 16c4 5 4 11 0 16' },
  bread: { filled: 'M8 20a8 8 0 0 1 8-8h16a8 8 0 0 1 4 15v13H12V27a8 8 0 0 1-4-7z', strokes: 'M18 20l4 4M26 20l4 4' },
  headphones: { filled: 'M6 28h8v14H6zM34 28h8v14h-8z', strokes: 'M8 28v-4a16 16 0 0 1 32 0v4' },
  fruit: { filled: 'M24 14a14 14 0 1 1 0 28 14 14 0 0 1 0-28z', strokes: 'M24 14c0-4 2-7 7-8M19 22c-2 2-3 4-3 7' },
  box: { filled: 'M6 16l18 8v20L6 36z', strokes: 'M6 16l18-8 18 8v20l-18 8-18-8zM6 16l18 8 18-8M24 24v20' },
} as const satisfies Record<string, DrawingStrokes>;

export type Drawing = keyof typeof DRAWINGS;
