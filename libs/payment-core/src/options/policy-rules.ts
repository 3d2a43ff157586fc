import { offeredScenes, type Scene } from '@hutong/payment-port';
import type { CheckoutFacts } from './checkout-facts.js';
import { hasReached } from './client-version.js';
import type { Option, OptionConfig } from './option-config.js';
import type { JudgedMethod, PlannedMethod } from './policy-plan.js';
import { isTester, OBSTACLES, obstaclesAt, type ProviderReason } from './provider-rules.js';
import type { Reason } from './reasons.js';
import { bucketOf, percentOf } from './rollout.js';

/** One method before one checkout. */
export interface Case {
  readonly planned: PlannedMethod;
  readonly config: OptionConfig;
  readonly facts: CheckoutFacts;
  /** What stands before all of its providers, as bits. */
  readonly obstacles: number;
}

/** Why a rule stands in the way, or undefined. */
export type Rule = (it: Case) => string | undefined;

export type PlannedRule = readonly [Reason, Rule];

/** In order of precedence. */
export const RULES: readonly PlannedRule[] = [
  ['excluded_by_app', (it) => providers('excluded_by_app', it)],
  ['switched_off', switchedOff],
  ['not_configured', ({ planned: { option } }) => (option === undefined ? 'no such option in this app' : undefined)],
  ['pending_review', pendingReview],
  ['not_in_rollout', notInRollout],
  ['scene_unsupported', sceneUnsupported],
  ['currency_unsupported', currencyUnsupported],
  [
    'amount_below_min',
    ({ planned: { option }, facts: { amount } }) => unless(amount >= (option?.amount?.min ?? 0), 'min', option),
  ],
  [
    'amount_above_max',
    ({ planned: { option }, facts: { amount } }) => unless(amount <= (option?.amount?.max ?? amount), 'max', option),
  ],
  ['segment_excluded', segmentExcluded],
  ['client_too_old', clientTooOld],
  ['outside_calendar', outsideCalendar],
  ['environment_unfit', ({ planned: { id }, facts }) => facts.unfit?.[id]],
  ['account_missing', (it) => providers('account_missing', it)],
  ['provider_unavailable', (it) => providers('provider_unavailable', it)],
];

/** Rules that stand in nobody's way unless the option says something of the kind. */
const NEEDS: Partial<Record<Reason, (option: Option | undefined) => boolean>> = {
  not_in_rollout: (option) => option?.status === 'staged',
  amount_below_min: (option) => option?.amount?.min !== undefined,
  amount_above_max: (option) => option?.amount?.max !== undefined,
  segment_excluded: (option) => option?.segments !== undefined,
  client_too_old: (option) => option?.minClient !== undefined,
  outside_calendar: (option) => option?.calendar !== undefined,
};

/** The rules that could stand in an option's way; every other one never holds. */
export function rulesFor(option: Option | undefined): readonly PlannedRule[] {
  return RULES.filter(([reason]) => NEEDS[reason]?.(option) ?? true);
}

/** Rules on the providers alone: without an obstacle at them none of these holds. */
const ON_PROVIDERS: ReadonlySet<Reason> = new Set(['excluded_by_app', 'account_missing', 'provider_unavailable']);

/** Of the rules that could stand in an option's way, those that may while nothing stands before its providers. */
export function rulesBesideProviders(option: Option | undefined): readonly PlannedRule[] {
  const waits = option?.status === 'pending_review';
  return rulesFor(option).filter(([it]) => !ON_PROVIDERS.has(it) && (it !== 'pending_review' || waits));
}

/** The payer's place in the rollout of a staged option; undefined where nothing is staged, or nobody is named. */
export function bucketFor({ id, app, option }: PlannedMethod, { payerId }: CheckoutFacts): number | undefined {
  return option?.status === 'staged' && payerId !== undefined ? bucketOf(app, id, payerId) : undefined;
}

/** The providers that a reason keeps the method from. */
function providers(
  reason: ProviderReason,
  { planned: { method }, config, facts, obstacles }: Case,
): string | undefined {
  const bit = OBSTACLES[reason];
  if ((obstacles & bit) === 0) return undefined;
  const kept = (method?.providers ?? []).filter((id) => (obstaclesAt(id, config, facts) & bit) !== 0);
  return `provider ${kept.join(', ')}`;
}

/** A method that is named in a config but not installed here is off, whatever its status says. */
function switchedOff({ planned: { option, method } }: Case): string | undefined {
  if (option?.status === 'off') return 'status off';
  return option !== undefined && method === undefined ? 'not part of this application' : undefined;
}

function pendingReview(it: Case): string | undefined {
  const { facts } = it;
  const { option } = it.planned;
  const waits = option?.status === 'pending_review' && !isTester(option, facts.payerId);
  return providers('pending_review', it) ?? (waits ? 'this method' : undefined);
}

/** A held rollout stays at the percentage that it had then: who is in stays in, and nobody follows. */
function notInRollout({ planned, facts }: Case): string | undefined {
  const { id, option, steps } = planned;
  if (option?.status !== 'staged') return undefined;
  if (facts.payerId !== undefined && option.allow.includes(facts.payerId)) return undefined;
  const held = facts.holds?.[id];
  const now = facts.now.getTime();
  const percent = percentOf(steps, held === undefined ? now : Math.min(Date.parse(held), now));
  return isInside(percent, planned, facts)
    ? undefined
    : `${percent} % ${held === undefined ? 'today' : `held since ${held}`}`;
}

/** Below 0 % is nobody and below 100 % everybody: only between them the place is worth its hash. */
function isInside(percent: number, planned: PlannedMethod, facts: CheckoutFacts): boolean {
  if (percent <= 0 || percent >= 100) return percent >= 100;
  const bucket = bucketFor(planned, facts);
  return bucket !== undefined && bucket < percent;
}

function sceneUnsupported({ planned: { option, method }, facts }: Case): string | undefined {
  if (method !== undefined && !isOfferedIn(method, facts.scene)) return `offers ${offeredScenes(method).join(', ')}`;
  return option?.scenes?.includes(facts.scene) === false ? `this app offers ${option.scenes.join(', ')}` : undefined;
}

function isOfferedIn({ scenes, offeredIn }: JudgedMethod, scene: Scene): boolean {
  return offeredIn === undefined ? scenes[scene] !== undefined : offeredIn.includes(scene);
}

function currencyUnsupported({ planned: { option }, facts: { currency } }: Case): string | undefined {
  const taken = option?.currencies === undefined ? currency === 'CNY' : option.currencies.includes(currency);
  return taken ? undefined : currency;
}

function unless(holds: boolean, bound: 'min' | 'max', option: Option | undefined): string | undefined {
  return holds ? undefined : `${bound} ${option?.amount?.[bound]}`;
}

const NONE: readonly string[] = [];

function segmentExcluded({ planned: { option }, facts: { segments = NONE } }: Case): string | undefined {
  if (option?.segments === undefined) return undefined;
  const { only, except } = option.segments;
  const excepted = except?.find((segment) => segments.includes(segment));
  if (excepted !== undefined) return `not for ${excepted}`;
  return only?.some((segment) => segments.includes(segment)) === false ? `only for ${only.join(', ')}` : undefined;
}

function clientTooOld({ planned: { option }, facts: { scene, clientVersion } }: Case): string | undefined {
  const least = option?.minClient?.[scene];
  if (least === undefined || hasReached(clientVersion, least)) return undefined;
  return `needs ${least}, is ${clientVersion ?? 'not told'}`;
}

function outsideCalendar({ planned: { option, opening }, facts: { now } }: Case): string | undefined {
  return opening === undefined || opening(now) ? undefined : `on the clocks of ${option?.calendar?.timeZone}`;
}
