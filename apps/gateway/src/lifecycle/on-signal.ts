/** A terminal and a supervisor may send the same signal at the same moment: that is asking once. */
const SAME_MS = 500;

const NUMBERS = { SIGINT: 2, SIGTERM: 15 } as const;

/** Calls `stop` at the first SIGTERM or SIGINT; a second one, later, ends the process at once. */
export function onSignal(stop: (signal: string) => void): void {
  let first: number | undefined;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (first === undefined) {
        first = performance.now();
        stop(signal);
      } else if (performance.now() - first > SAME_MS) process.exit(128 + NUMBERS[signal]);
    });
  }
}
