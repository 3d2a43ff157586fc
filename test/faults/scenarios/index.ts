import type { Scenario } from '../support/scenario.ts';
import { killSweep } from './kill-sweep.ts';

export const SCENARIOS: readonly Scenario[] = [...killSweep];
