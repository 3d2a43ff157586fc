/** One entry: what to do when its moment has come. */
export interface Entry<Job> {
  /** ms since 1970. */
  readonly at: number;
  readonly job: Job;
}

/** Jobs by their moments, the same moment in the order of entering; entering and taking cost log n (a binary heap). */
export class Timetable<Job> {
  private readonly heap: Numbered<Job>[] = [];
  private entered = 0;

  get first(): Entry<Job> | undefined {
    return this.heap[0];
  }

  add(at: number, job: Job): void {
    const entry = { at, job, number: this.entered++ };
    let place = this.heap.push(entry) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = this.heap[parent] as Numbered<Job>;
      if (!isBefore(entry, above)) break;
      this.heap[place] = above;
      place = parent;
    }
    this.heap[place] = entry;
  }

  /** Takes out the first entry. */
  take(): Entry<Job> | undefined {
    const [first] = this.heap;
    const last = this.heap.pop();
    if (last !== undefined && last !== first) this.sink(last);
    return first;
  }

  clear(): void {
    this.heap.length = 0;
  }

  /** From the top down to where neither entry below is earlier. */
  private sink(entry: Numbered<Job>): void {
    let place = 0;
    for (let below = this.earlierBelow(place); below !== undefined; below = this.earlierBelow(place)) {
      const next = this.heap[below] as Numbered<Job>;
      if (!isBefore(next, entry)) break;
      this.heap[place] = next;
      place = below;
    }
    this.heap[place] = entry;
  }

  private earlierBelow(place: number): number | undefined {
    const [left, right] = [this.heap[2 * place + 1], this.heap[2 * place + 2]];
    if (left === undefined) return undefined;
    return right !== undefined && isBefore(right, left) ? 2 * place + 2 : 2 * place + 1;
  }
}

interface Numbered<Job> extends Entry<Job> {
  readonly number: number;
}

const isBefore = (a: Numbered<unknown>, b: Numbered<unknown>): boolean =>
  a.at < b.at || (a.at === b.at && a.number < b.number);
