/** Took longer than anybody here waits. */
export class TookTooLong extends Error {
  override readonly name = 'TookTooLong';
}

/** What the work answers, or TookTooLong after `ms`; the work itself goes on. */
export function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TookTooLong(`Not within ${ms} ms.`)), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
