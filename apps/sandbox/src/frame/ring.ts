/** The last `size` things that were added, oldest first. */
export class Ring<T> {
  private readonly items: T[] = [];

  constructor(private readonly size: number) {}

  add(item: T): T {
    this.items.push(item);
    if (this.items.length > this.size) this.items.shift();
    return item;
  }

  all(): readonly T[] {
    return [...this.items];
  }
}
