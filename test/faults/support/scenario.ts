import { Cell, type CellOptions, type Ground } from './cell.ts';
import { violations, type Violation } from './invariants.ts';
import { Draws } from './random.ts';
import { settle } from './settle.ts';

/** What a scenario is given. */
export interface Stage {
  readonly cell: Cell;
  readonly draws: Draws;
  /** Fails the scenario with this sentence unless it holds. */
  expect(holds: boolean, says: string): void;
  /** A figure for the line of the result. */
  note(text: string): void;
}

/** One way in which something goes wrong, and nothing may be lost. */
export interface Scenario {
  readonly name: string;
  /** Rows of the catalogue that it plays. */
  readonly rows: readonly string[];
  /** What holds in the end, beside the invariants. */
  readonly promises: string;
  /** Scenarios of equal options share a cell. */
  readonly cell: CellOptions;
  run(stage: Stage): Promise<void>;
  /** Looked at once everything is at rest. */
  after?(stage: Stage): Promise<void>;
  /** Beside nothing else: it hurts what the others stand on. */
  readonly alone?: boolean;
  /** Invariants of which one has to be reported: this one takes a guard away, and the suite has to see it. */
  readonly breaks?: readonly string[];
}

export interface Result {
  readonly name: string;
  readonly failures: readonly string[];
  readonly notes: readonly string[];
  readonly ms: number;
}

/** Plays a scenario in a cell, lets it come to rest, and holds every invariant and the wallets' books against it. */
export async function play(scenario: Scenario, cell: Cell, seed: number): Promise<Result> {
  const started = Date.now();
  const failures: string[] = [];
  const notes: string[] = [];
  const stage: Stage = {
    cell,
    draws: new Draws(seed).branch(scenario.name),
    expect: (holds, says) => void (holds || failures.push(says)),
    note: (text) => void notes.push(text),
  };
  try {
    await cell.followed();
    await scenario.run(stage);
    const played = Date.now();
    const { rounds, late } = await settle(cell);
    notes.push(`played ${played - started} ms, rest ${Date.now() - played} ms`);
    await scenario.after?.(stage);
    const found = await violations(cell);
    failures.push(...judged(scenario, found));
    if (scenario.breaks === undefined && late.length > 0)
      failures.push(`I-18 the next step of their plan did not settle ${late.join(', ')}`);
    notes.push(`${rounds} steps to rest`);
  } catch (error) {
    failures.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  return { name: scenario.name, failures, notes, ms: Date.now() - started };
}

function judged({ breaks }: Scenario, found: readonly Violation[]): readonly string[] {
  if (breaks === undefined) return found.map(({ id, says }) => `${id} ${says}`);
  if (found.some(({ id }) => breaks.includes(id))) return [];
  const seen = [...new Set(found.map(({ id }) => id))].join(', ') || 'nothing';
  return [`a guard was taken away and the suite saw ${seen} instead of ${breaks.join(' or ')}`];
}

/** Opens cells when they are first needed, and keeps each for the scenarios that want one like it. */
export class Cells {
  readonly #ground: Ground;
  readonly #open = new Map<string, Cell>();

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  async like(options: CellOptions): Promise<Cell> {
    const key = JSON.stringify(options);
    const known = this.#open.get(key);
    if (known !== undefined) return known;
    const cell = await Cell.open(this.#ground, options);
    this.#open.set(key, cell);
    return cell;
  }

  /** The next scenario of this kind begins in a new one. */
  async discard(options: CellOptions): Promise<void> {
    const key = JSON.stringify(options);
    const cell = this.#open.get(key);
    this.#open.delete(key);
    await cell?.close();
  }

  async close(): Promise<void> {
    for (const cell of this.#open.values()) await cell.close();
    this.#open.clear();
  }
}
