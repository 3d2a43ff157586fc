import type { Drawing } from './drawing.js';

/** The same text in both languages. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

export interface Good {
  readonly id: string;
  readonly name: Text;
  /** Fen. */
  readonly price: number;
  readonly drawing: Drawing;
}

/** One of the thirteen: what it looks like, what it sells, and what the story tells of how it is paid. */
export interface Shop {
  readonly app: string;
  readonly name: Text;
  /** Six hexadecimal digits. */
  readonly color: string;
  /** One character. */
  readonly mark: string;
  readonly sells: Text;
  readonly story: Text;
  readonly goods: readonly Good[];
}
