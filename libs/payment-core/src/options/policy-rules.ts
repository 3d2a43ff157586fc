import { offeredScenes, type Scene } from '@hutong/payment-port';
import type { CheckoutFacts } from './checkout-facts.js';
import { hasReached } from './client-version.js';
import type { Option, OptionConfig } from './option-config.js';
import type { JudgedMethod, PlannedMethod } from './policy-plan.js';
import { isTester, OBSTACLES, obstaclesAt, providerTells, type ProviderReason } from './provider-rules.js';
import type { Reason } from './reasons.js';
import { notInRollout } from './rollout-rule.js';
import type { Tell } from './tells.js';

/** One method before one checkout. */
export interface Case {
  readonly planned: PlannedMethod;
  readonly config: OptionConfig;
  readonly facts: CheckoutFacts;
  /** What stands before all of its providers, as bits. */
  readonly obstacles: number;
}

/** Why a rule stands in the way, or undefined. */
export type Hinders = (it: Case) => string | undefined;

export interface PolicyRule {
  readonly reason: Reason;
  readonly hinders: Hinders;
  /** All by which it tells checkouts apart; what the config and the installation say, every checkout has alike. */
  readonly tells: (planned: PlannedMethod, config: OptionConfig) => readonly Tell[];
}

const nothing = (): readonly Tell[] => [];
const atProviders: PolicyRule['tells'] = ({ method }, config) => providerTells(method?.providers ?? [], config);

/** In order of precedence. */
export const RULES: readonly PolicyRule[] = [
  { reason: 'excluded_by_app', hinders: (it) => providers('excluded_by_app', it), tells: atProviders },
  { reason: 'switched_off', hinders: switchedOff, tells: nothing },
  {
    reason: 'not_configured',
    hinders: ({ planned: { option } }) => (option === undefined ? 'no such option in this app' : undefined),
    tells: nothing,
  },
  {
    reason: 'pending_review',
    hinders: pendingReview,
    tells: (planned, config) => [...atProviders(planned, config), ...testersOf(planned.option)],
  },
  {
    reason: 'not_in_rollout',
    hinders: ({ planned, facts }) => notInRollout(planned, facts),
    tells: (planned) => [{ by: 'rollout', of: planned }],
  },
  { reason: 'scene_unsupported', hinders: sceneUnsupported, tells: () => [{ by: 'scene' }] },
  {
    reason: 'currency_unsupported',
    hinders: currencyUnsupported,
    tells: ({ option }) => [{ by: 'currency', among: currenciesOf(option) }],
  },
  {
    reason: 'amount_below_min',
    hinders: ({ planned: { option }, facts: { amount } }) =>
      unless(amount >= (option?.amount?.min ?? 0), 'min', option),
    tells: ({ option }) => [{ by: 'amount', bound: option?.amount?.min ?? 0 }],
  },
  {
    reason: 'amount_above_max',
    hinders: ({ planned: { option }, facts: { amount } }) =>
      unless(amount <= (option?.amount?.max ?? Infinity), 'max', option),
    tells: ({ option }) => [{ by: 'amount', bound: option?.amount?.max ?? Infinity }],
  },
  {
    reason: 'segment_excluded',
    hinders: segmentExcluded,
    tells: ({ option }) => segmentTells(option?.segments),
  },
  {
    reason: 'client_too_old',
    hinders: clientTooOld,
    tells: ({ option }) => [{ by: 'scene' }, ...versionTells(option)],
  },
  {
    reason: 'outside_calendar',
    hinders: outsideCalendar,
    tells: ({ option }) => (option?.calendar === undefined ? [] : [{ by: 'calendar', calendar: option.calendar }]),
  },
  {
    reason: 'environment_unfit',
    hinders: ({ planned: { id }, facts }) => facts.unfit?.[id],
    tells: () => [{ by: 'unfit' }],
  },
  { reason: 'account_missing', hinders: (it) => providers('account_missing', it), tells: atProviders },
  { reason: 'provider_unavailable', hinders: (it) => providers('provider_unavailable', it), tells: atProviders },
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
export function rulesFor(option: Option | undefined): readonly PolicyRule[] {
  return RULES.filter(({ reason }) => NEEDS[reason]?.(option) ?? true);
}

/** Rules on the providers alone: without an obstacle at them none of these holds. */
const ON_PROVIDERS: ReadonlySet<Reason> = new Set(['excluded_by_app', 'account_missing', 'provider_unavailable']);

/** Of the rules that could stand in an option's way, those that may while nothing stands before its providers. */
export function rulesBesideProviders(option: Option | undefined): readonly PolicyRule[] {
  const waits = option?.status === 'pending_review';
  return rulesFor(option).filter(({ reason }) => !ON_PROVIDERS.has(reason) && (reason !== 'pending_review' || waits));
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

function testersOf(option: Option | undefined): readonly Tell[] {
  return option?.status === 'pending_review' ? [{ by: 'payer', among: option.testers }] : [];
}

function sceneUnsupported({ planned: { option, method }, facts }: Case): string | undefined {
  if (method !== undefined && !isOfferedIn(method, facts.scene)) return `offers ${offeredScenes(method).join(', ')}`;
  return option?.scenes?.includes(facts.scene) === false ? `this app offers ${option.scenes.join(', ')}` : undefined;
}

function isOfferedIn({ scenes, offeredIn }: JudgedMethod, scene: Scene): boolean {
  return offeredIn === undefined ? scenes[scene] !== undefined : offeredIn.includes(scene);
}

function currencyUnsupported({ planned: { option }, facts: { currency } }: Case): string | undefined {
  return currenciesOf(option).includes(currency) ? undefined : currency;
}

const YUAN: readonly string[] = ['CNY'];

function currenciesOf(option: Option | undefined): readonly string[] {
  return option?.currencies ?? YUAN;
}

function unless(holds: boolean, bound: 'min' | 'max', option: Option | undefined): string | undefined {
  return holds ? undefined : `${bound} ${option?.amount?.[bound]}`;
}

function segmentExcluded({ planned: { option }, facts }: Case): string | undefined {
  if (option?.segments === undefined) return undefined;
  const { only, except } = option.segments;
  const isOne = (segment: string): boolean => facts.segments?.includes(segment) === true;
  const excepted = except?.find(isOne);
  if (excepted !== undefined) return `not for ${excepted}`;
  return only?.some(isOne) === false ? `only for ${only.join(', ')}` : undefined;
}

function segmentTells({ only = [], except = [] }: Option['segments'] = {}): readonly Tell[] {
  return [...only, ...except].map((named) => ({ by: 'segment', named }));
}

function clientTooOld({ planned: { option }, facts }: Case): string | undefined {
  const least = option?.minClient?.[facts.scene];
  if (least === undefined || hasReached(facts.clientVersion, least)) return undefined;
  return `needs ${least}, is ${facts.clientVersion ?? 'not told'}`;
}

function versionTells(option: Option | undefined): readonly Tell[] {
  return Object.values(option?.minClient ?? {}).map((least) => ({ by: 'client_version', least }));
}

function outsideCalendar({ planned: { option, opening }, facts }: Case): string | undefined {
  return opening === undefined || opening(facts.now) ? undefined : `on the clocks of ${option?.calendar?.timeZone}`;
}
