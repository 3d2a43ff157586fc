/** When a circuit opens, and how long it stays so. */
export interface CircuitPlan {
  /** Failures in a row that open it. */
  readonly failures: number;
  /** From the opening to the first probe; doubled with each probe that fails, up to `longestMs`. */
  readonly coolMs: number;
  readonly longestMs: number;
}

export const CIRCUIT_PLAN: CircuitPlan = { failures: 5, coolMs: 10_000, longestMs: 300_000 };

/**
 * Whether an account's provider is worth asking. `closed`: it answers. `open`: it did not, several times in a row, so its
 * options are not shown. `probing`: one question is under way to see whether it is back; payers don't pay for the try.
 */
export type CircuitState = 'closed' | 'open' | 'probing';

/** One account's circuit. An answer of any kind, a refusal included, says that the provider is there. */
export class Circuit {
  #state: CircuitState = 'closed';
  #failures = 0;
  #coolMs: number;
  #probeAt = 0;

  constructor(
    private readonly plan: CircuitPlan = CIRCUIT_PLAN,
    /** Told of every change of state. */
    private readonly changed: (from: CircuitState, to: CircuitState) => void = () => undefined,
  ) {
    this.#coolMs = plan.coolMs;
  }

  get state(): CircuitState {
    return this.#state;
  }

  /** The provider answered. */
  succeeded(): void {
    this.move('closed');
    this.#failures = 0;
    this.#coolMs = this.plan.coolMs;
  }

  /** The provider was not reached, or gave no answer that counts. */
  failed(now: Date): void {
    if (this.#state === 'probing') return this.open(now, Math.min(this.#coolMs * 2, this.plan.longestMs));
    this.#failures += 1;
    if (this.#state === 'closed' && this.#failures >= this.plan.failures) this.open(now, this.plan.coolMs);
  }

  /** True once per cooling time: the caller asks the provider something harmless and tells how it went. */
  claimProbe(now: Date): boolean {
    if (this.#state !== 'open' || now.getTime() < this.#probeAt) return false;
    this.move('probing');
    return true;
  }

  private open(now: Date, coolMs: number): void {
    this.move('open');
    this.#coolMs = coolMs;
    this.#probeAt = now.getTime() + coolMs;
  }

  private move(to: CircuitState): void {
    const from = this.#state;
    this.#state = to;
    if (from !== to) this.changed(from, to);
  }
}
