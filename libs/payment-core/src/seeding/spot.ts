/** A spot in a document that is being read. Problems found there are collected, so that one reading tells all of them. */
export interface Spot {
  /** The member or item below this spot. */
  at(step: string | number): Spot;
  /** Notes that what stands here does not fit. Answers undefined, for the reader to return. */
  refuse(message: string): undefined;
}

/** Spots named by JSON Pointer. */
export class PointerSpot implements Spot {
  readonly problems: { readonly pointer: string; readonly message: string }[];

  constructor(
    private readonly pointer = '',
    root?: PointerSpot,
  ) {
    this.problems = root?.problems ?? [];
  }

  at(step: string | number): PointerSpot {
    const escaped = String(step).replaceAll('~', '~0').replaceAll('/', '~1');
    return new PointerSpot(`${this.pointer}/${escaped}`, this);
  }

  refuse(message: string): undefined {
    this.problems.push({ pointer: this.pointer, message });
  }
}
