import type { Spot } from '@hutong/payment-core';
import { isCollection, isNode, LineCounter, parseDocument, type Document } from 'yaml';

/** Something in a seed file that does not fit, where it stands and what would. */
export interface SeedProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** `options[2].status`; empty for the document itself. */
  readonly field: string;
  readonly message: string;
}

/** Seed files that can't be used as they are. The message has one line per problem: `file:line:column field message`. */
export class UnusableSeed extends Error {
  override readonly name = 'UnusableSeed';
  constructor(readonly problems: readonly SeedProblem[]) {
    super(problems.map(lineOf).join('\n'));
  }
}

function lineOf({ file, line, column, field, message }: SeedProblem): string {
  return `${file}:${line}:${column} ${field === '' ? '' : `${field} `}${message}`;
}

type Step = string | number;

/** A spot in a YAML document: problems found there are collected, so that one run tells all of them. */
export class Place implements Spot {
  private constructor(
    private readonly source: {
      readonly file: string;
      readonly document: Document.Parsed;
      readonly lines: LineCounter;
      readonly problems: SeedProblem[];
    },
    private readonly path: readonly Step[],
  ) {}

  /** Reads the text. What YAML itself refuses (bad syntax, a key that stands twice) is a problem like any other. */
  static of(file: string, text: string): { readonly place: Place; readonly value: unknown } {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    const place = new Place({ file, document, lines, problems: [] }, []);
    for (const { message, pos } of document.errors) place.add(message, pos[0], []);
    return { place, value: document.errors.length > 0 ? undefined : (document.toJS() as unknown) };
  }

  get problems(): readonly SeedProblem[] {
    return this.source.problems;
  }

  /** The member or item below this spot. */
  at(step: Step): Place {
    return new Place(this.source, [...this.path, step]);
  }

  /** Notes that what stands here does not fit. Answers undefined, for the reader to return. */
  refuse(message: string): undefined {
    this.add(message, this.offset(), this.path);
  }

  private add(message: string, offset: number, path: readonly Step[]): void {
    const { file, lines, problems } = this.source;
    const { line, col } = lines.linePos(offset);
    problems.push({ file, line, column: col, field: fieldOf(path), message });
  }

  /** Where it begins; for a member that is missing, where its parent begins. */
  private offset(): number {
    const { document } = this.source;
    for (let depth = this.path.length; depth > 0; depth--) {
      const parent = depth === 1 ? document.contents : document.getIn(this.path.slice(0, depth - 1), true);
      const node = isCollection(parent) ? parent.get(this.path[depth - 1], true) : undefined;
      if (isNode(node) && node.range) return node.range[0];
    }
    return document.contents?.range[0] ?? 0;
  }
}

function fieldOf(path: readonly Step[]): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}
