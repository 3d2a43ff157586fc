/**
 * Something that can be iterated once. `open` runs when the reading begins, so what is never read costs nothing.
 * A second reading throws an Error: what a network delivered is gone.
 */
export function readOnce<T>(what: string, open: () => AsyncIterator<T>): AsyncIterable<T> {
  let isRead = false;
  return {
    [Symbol.asyncIterator]() {
      if (isRead) throw new Error(`${what} can be read once only; ask for it again.`);
      isRead = true;
      return open();
    },
  };
}
