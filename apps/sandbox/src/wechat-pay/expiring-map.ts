import type { SandboxClock } from '../frame/sandbox-clock.js';

export interface Kept<T> {
  readonly value: T;
  readonly until: number;
}

/** Values that lapse a fixed time after they were put in, by the sandbox's clock. Never more than `most`: the oldest go. */
export class ExpiringMap<T> {
  private readonly kept = new Map<string, Kept<T>>();

  constructor(
    private readonly clock: SandboxClock,
    private readonly livesMs: number,
    private readonly most = 10_000,
  ) {}

  put(key: string, value: T): void {
    this.kept.set(key, { value, until: this.now() + this.livesMs });
    // In the order of their end: all live equally long.
    for (const [old, { until }] of this.kept) {
      if (until > this.now() && this.kept.size <= this.most) break;
      this.kept.delete(old);
    }
  }

  get(key: string): T | undefined {
    const found = this.kept.get(key);
    return found !== undefined && found.until > this.now() ? found.value : undefined;
  }

  entries(): readonly (readonly [key: string, Kept<T>])[] {
    return [...this.kept];
  }

  restore(entries: readonly (readonly [key: string, Kept<T>])[]): void {
    for (const [key, kept] of entries) this.kept.set(key, kept);
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
