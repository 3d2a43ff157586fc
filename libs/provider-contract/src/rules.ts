import type { Rule } from './rule.js';
import { billRules } from './rules/bill.rules.js';
import { closeRules } from './rules/close.rules.js';
import { conductRules } from './rules/conduct.rules.js';
import { diagnosticsRules } from './rules/diagnostics.rules.js';
import { identityRules } from './rules/identity.rules.js';
import { methodRules } from './rules/method.rules.js';
import { notificationRules } from './rules/notification.rules.js';
import { prepareRules } from './rules/prepare.rules.js';
import { queryRules } from './rules/query.rules.js';
import { refundRules } from './rules/refund.rules.js';
import { settingsRules } from './rules/settings.rules.js';
import { upkeepRules } from './rules/upkeep.rules.js';
import { wireRules } from './rules/wire.rules.js';

const allRules = [
  ...settingsRules,
  ...methodRules,
  ...prepareRules,
  ...wireRules,
  ...queryRules,
  ...closeRules,
  ...refundRules,
  ...notificationRules,
  ...billRules,
  ...upkeepRules,
  ...identityRules,
  ...conductRules,
  ...diagnosticsRules,
] as const;

/** The name of a promise; a waiver must use one of these. */
export type RuleId = (typeof allRules)[number]['id'];

/** Everything that every provider promises. */
export const rules: readonly (Rule & { readonly id: RuleId })[] = allRules;
