import { createHash } from 'node:crypto';

/** The percentage in force at `now`: that of the last step that has begun, 0 before the first. */
export function percentAt(steps: readonly { readonly at: string; readonly percent: number }[], now: Date): number {
  return steps
    .filter((step) => Date.parse(step.at) <= now.getTime())
    .reduce((percent, step) => Math.max(percent, step.percent), 0);
}

/** A payer's place in 0 … 99.99, the same for ever per app and method, so that a growing percentage only adds payers. */
export function bucketOf(app: string, method: string, payerId: string): number {
  const hash = createHash('sha256')
    .update(JSON.stringify([app, method, payerId]))
    .digest();
  return (hash.readUInt32BE(0) % 10_000) / 100;
}
