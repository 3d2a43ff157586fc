import { ControlError } from '../frame/control-error.js';
import {
  ANSWER_ACTIONS,
  FAULT_OPERATIONS,
  type FaultAction,
  type FaultRule,
  NOTIFICATION_ACTIONS,
  SPOILINGS,
  TAMPERINGS,
} from '../frame/fault-rule.js';
import { DEFAULT_SEED, type Faults } from '../frame/faults.js';
import { PROVIDERS } from '../frame/provider.js';
import {
  asFields,
  type Fields,
  onlyFields,
  optionalInteger,
  optionalOneOf,
  optionalShare,
  optionalText,
  wrong,
} from './fields.js';

const ACTIONS: readonly FaultAction[] = [...ANSWER_ACTIONS, ...NOTIFICATION_ACTIONS, ...SPOILINGS, ...TAMPERINGS];
const MATCH_FIELDS = ['provider', 'operation', 'reference', 'nth'];
const RULE_FIELDS = ['match', 'phase', 'action', 'times', 'probability', 'ms', 'status', 'code', 'bytes'];
const AN_HOUR_MS = 3_600_000;
const MOST_BYTES = 64 * 1_048_576;

/**
 * The rules of `PUT /__sandbox/faults`. A rule that could never fire, or that nobody here carries out, is refused instead
 * of being accepted in silence. `seed` is what the draws of rules with a `probability` begin with.
 * @throws ControlError 400 naming the field
 */
export function faultPlan(body: Fields, faults: Faults): FaultPlan {
  onlyFields(body, ['seed', 'rules']);
  const seed = optionalInteger(body, 'seed', [0, Number.MAX_SAFE_INTEGER]) ?? DEFAULT_SEED;
  const rules = body['rules'];
  if (!Array.isArray(rules)) throw wrong('rules', 'must be a list; [] clears all rules');
  const read = (rule: unknown, index: number): FaultRule =>
    faultRule(asFields(rule, `rules[${index}]`), `rules[${index}].`, faults);
  return { seed, rules: rules.map(read) };
}

export interface FaultPlan {
  readonly seed: number;
  readonly rules: readonly FaultRule[];
}

function faultRule(fields: Fields, within: string, faults: Faults): FaultRule {
  onlyFields(fields, RULE_FIELDS, within);
  const match = matchOf(asFields(fields['match'] ?? {}, `${within}match`), `${within}match.`);
  const action = actionOf(fields, match, within, faults);
  const phase = optionalOneOf(fields, 'phase', ['before', 'after'], within) ?? 'before';
  const parameters = withoutUndefined({
    times: optionalInteger(fields, 'times', [1, 1_000_000], within),
    probability: optionalShare(fields, 'probability', within),
    ms: optionalInteger(fields, 'ms', [0, AN_HOUR_MS], within),
    status: optionalInteger(fields, 'status', [200, 599], within),
    code: optionalText(fields, 'code', within),
    bytes: optionalInteger(fields, 'bytes', [0, MOST_BYTES], within),
  }) as Pick<FaultRule, 'times' | 'probability' | 'ms' | 'status' | 'code' | 'bytes'>;
  return { match, phase, action, ...parameters };
}

function matchOf(fields: Fields, within: string): FaultRule['match'] {
  onlyFields(fields, MATCH_FIELDS, within);
  return withoutUndefined({
    provider: optionalOneOf(fields, 'provider', PROVIDERS, within),
    operation: optionalOneOf(fields, 'operation', FAULT_OPERATIONS, within),
    reference: optionalText(fields, 'reference', within),
    nth: optionalInteger(fields, 'nth', [1, 1_000_000], within),
  }) as FaultRule['match'];
}

function actionOf(fields: Fields, match: FaultRule['match'], within: string, faults: Faults): FaultAction {
  const { operation, provider } = match;
  const operations = faults.operations(provider);
  if (operation !== undefined && !operations.includes(operation)) {
    throw wrong(`${within}match.operation`, `has nothing to reach here: there is ${operations.join(', ')}`);
  }
  const available = faults.available(match);
  const action = ACTIONS.find((known) => known === fields['action'] && available.includes(known));
  if (action !== undefined) return action;
  const given = optionalText(fields, 'action', within) ?? 'nothing';
  const scope = [provider, operation].filter((part) => part !== undefined).join(' ');
  throw new ControlError(
    400,
    `${within}action ${JSON.stringify(given)} is not available${scope && ` for ${scope}`}. ` +
      `There is: ${available.join(', ')}.`,
  );
}

function withoutUndefined(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
