/** Where and how a process ends. */
export interface KillPlan {
  /** A store's method, a provider's operation, or `sql`: any statement. */
  readonly point: string;
  readonly side: 'before' | 'after';
  /** 1: the first time that it gets there. */
  readonly nth: number;
  /** `SIGSTOP`: it stands still there until it is continued. */
  readonly signal: 'SIGKILL' | 'SIGSTOP';
}

/** Reads `KP=payments.openAttempt:1`, or `KP=provider.prepare:before:2`. @throws RangeError */
export function readPlan(text: string | undefined): KillPlan | undefined {
  if (text === undefined || text === '') return undefined;
  const [, point, side = 'after', nth] = /^([a-z_.A-Z]+)(?::(before|after))?:(\d+)$/.exec(text) ?? [];
  if (point === undefined) throw new RangeError(`KP=${text} is not <point>[:before|after]:<nth>.`);
  return { point, side: side as KillPlan['side'], nth: Number(nth), signal: 'SIGKILL' };
}

export function planText({ point, side, nth }: KillPlan): string {
  return `${point}:${side}:${nth}`;
}
