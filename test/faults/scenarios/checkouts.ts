import type { Scenario } from '../support/scenario.ts';

export function checkouts(_count: number): Scenario {
  throw new Error('later');
}
