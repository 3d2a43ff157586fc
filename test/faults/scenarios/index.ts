import type { Scenario } from '../support/scenario.ts';
import { checkouts } from './checkouts.ts';
import { database } from './database.ts';
import { doublePayments } from './double-payments.ts';
import { keys } from './keys.ts';
import { killSweep } from './kill-sweep.ts';
import { notifications } from './notifications.ts';
import { processes } from './processes.ts';
import { providerCalls } from './provider-calls.ts';
import { refunds } from './refunds.ts';
import { saboteurs } from './saboteurs.ts';

/** Checkouts of the ordinary run; `--checkouts` plays as many as it is told. */
const A_FEW = 300;

export const SCENARIOS: readonly Scenario[] = [
  ...providerCalls,
  ...notifications,
  ...doublePayments,
  ...refunds,
  ...keys,
  ...killSweep,
  ...processes,
  ...database,
  ...saboteurs,
  checkouts(A_FEW),
];
