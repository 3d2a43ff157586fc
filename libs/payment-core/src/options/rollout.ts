import { hash } from 'node:crypto';

/** A dated step, its moment as milliseconds. */
export interface Step {
  readonly from: number;
  readonly percent: number;
}

export function compileSteps(steps: readonly { readonly at: string; readonly percent: number }[]): readonly Step[] {
  return steps.map(({ at, percent }) => ({ from: Date.parse(at), percent }));
}

/** The percentage in force at `now` (milliseconds): the highest of the steps that have begun, 0 before the first. */
export function percentOf(steps: readonly Step[], now: number): number {
  let percent = 0;
  for (const step of steps) if (step.from <= now && step.percent > percent) percent = step.percent;
  return percent;
}

/** The same of steps as a config writes them. */
export function percentAt(steps: readonly { readonly at: string; readonly percent: number }[], now: Date): number {
  return percentOf(compileSteps(steps), now.getTime());
}

/** A payer's place in 0 … 99.99, the same for ever per app and method, so that a growing percentage only adds payers. */
export function bucketOf(app: string, method: string, payerId: string): number {
  const digest = hash('sha256', JSON.stringify([app, method, payerId]));
  return (Number.parseInt(digest.slice(0, 8), 16) % 10_000) / 100;
}
