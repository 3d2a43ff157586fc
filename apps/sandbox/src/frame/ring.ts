/** What a ring holds at most. */
export interface RingLimits<T> {
  readonly items: number;
  /** Sum of `weigh` over its items; the newest item is held whatever it weighs. */
  readonly bytes: number;
  weigh(item: T): number;
}

/** The last things that were added, oldest first, as many as its limits allow. */
export class Ring<T> {
  private readonly places: (T | undefined)[] = [];
  /** Counts of what was ever added, and ever dropped. */
  private added = 0;
  private dropped = 0;
  private bytes = 0;

  constructor(private readonly limits: RingLimits<T>) {}

  add(item: T): T {
    const { items, bytes, weigh } = this.limits;
    if (this.added - this.dropped === items) this.drop();
    this.places[this.added % items] = item;
    this.added += 1;
    this.bytes += weigh(item);
    while (this.bytes > bytes && this.added - this.dropped > 1) this.drop();
    return item;
  }

  all(): readonly T[] {
    const { items } = this.limits;
    return Array.from(
      { length: this.added - this.dropped },
      (_, nth) => this.places[(this.dropped + nth) % items] as T,
    );
  }

  private drop(): void {
    const place = this.dropped % this.limits.items;
    this.bytes -= this.limits.weigh(this.places[place] as T);
    this.places[place] = undefined;
    this.dropped += 1;
  }
}
