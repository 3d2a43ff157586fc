import type { Scene } from '@hutong/payment-port';
import type { KnownMethod } from '../provider-directory.js';
import type { Option, OptionConfig } from './option-config.js';
import { orderFor } from './order-options.js';
import type { Reason } from './reasons.js';
import { isTester, obstacle } from './provider-rules.js';
import { bucketOf, percentAt } from './rollout.js';

/** What a checkout asks for. */
export interface CheckoutFacts {
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly scene: Scene;
  readonly payerId?: string;
  readonly now: Date;
}

/** What the policy knows beside the config: which methods exist, which providers the app has an account at. */
export interface Installed {
  readonly methods: readonly KnownMethod[];
  readonly providersWithAccount: ReadonlySet<string>;
}

/** One rule as it was judged; `holds` means that it stands in the way. */
export interface RuleTrace {
  readonly rule: Reason;
  readonly holds: boolean;
  readonly detail: string;
}

export interface Verdict {
  readonly method: string;
  readonly shown: boolean;
  /** The first rule that stands in the way. */
  readonly reason?: Reason;
  /** 1, 2, 3 … among those shown. */
  readonly position?: number;
  /** 0 … 99.99 when a rollout was judged. */
  readonly bucket?: number;
  readonly rules: readonly RuleTrace[];
}

export interface Judgement {
  /** In the payer's order. */
  readonly shown: readonly { readonly option: Option; readonly method: KnownMethod; readonly position: number }[];
  /** Every known method exactly once: those of the config in its order, then the rest by name. */
  readonly verdicts: readonly Verdict[];
}

interface Case {
  readonly id: string;
  readonly option: Option | undefined;
  readonly method: KnownMethod | undefined;
  readonly config: OptionConfig;
  readonly facts: CheckoutFacts;
  readonly installed: Installed;
}

/** The rules in order of precedence. Each answers why it stands in the way, or undefined. */
const RULES: readonly (readonly [Reason, (it: Case) => string | undefined])[] = [
  ['excluded_by_app', (it) => obstacle('excluded_by_app', it)],
  ['switched_off', switchedOff],
  ['not_configured', ({ option }) => (option === undefined ? 'no such option in this app' : undefined)],
  ['pending_review', pendingReview],
  ['not_in_rollout', notInRollout],
  ['scene_unsupported', sceneUnsupported],
  [
    'currency_unsupported',
    ({ option, facts }) => ((option?.currencies ?? ['CNY']).includes(facts.currency) ? undefined : facts.currency),
  ],
  [
    'amount_below_min',
    ({ option, facts }) => (facts.amount < (option?.amount?.min ?? 0) ? `min ${option?.amount?.min}` : undefined),
  ],
  [
    'amount_above_max',
    ({ option, facts }) =>
      facts.amount > (option?.amount?.max ?? Infinity) ? `max ${option?.amount?.max}` : undefined,
  ],
  ['account_missing', (it) => obstacle('account_missing', it)],
];

/** Decides what a payer sees and in which order. Pure: the same facts and the same version give the same answer. */
export function judgeOptions(config: OptionConfig, facts: CheckoutFacts, installed: Installed): Judgement {
  const methods = new Map(installed.methods.map((method) => [method.id, method]));
  const options = new Map(config.options.map((option) => [option.method, option]));
  const others = [...methods.keys()].filter((id) => !options.has(id)).toSorted();
  const judged = [...options.keys(), ...others].map((id) =>
    judge({ id, option: options.get(id), method: methods.get(id), config, facts, installed }),
  );
  const allowed = judged.filter((verdict) => verdict.shown).map((verdict) => verdict.method);
  const order = orderFor(config, facts, allowed);
  return {
    shown: order.map((id, index) => ({ option: options.get(id)!, method: methods.get(id)!, position: index + 1 })),
    verdicts: judged.map((verdict) =>
      verdict.shown ? { ...verdict, position: order.indexOf(verdict.method) + 1 } : verdict,
    ),
  };
}

function judge(it: Case): Verdict {
  const rules = RULES.map(([rule, hinders]) => {
    const detail = hinders(it);
    return { rule, holds: detail !== undefined, detail: detail ?? '' };
  });
  const first = rules.find((rule) => rule.holds);
  const bucket = it.option?.status === 'staged' && it.facts.payerId !== undefined ? { bucket: bucketFor(it) } : {};
  return { method: it.id, shown: first === undefined, ...(first ? { reason: first.rule } : {}), ...bucket, rules };
}

/** A method that is named in a config but not installed here is off, whatever its status says. */
function switchedOff({ option, method }: Case): string | undefined {
  if (option?.status === 'off') return 'status off';
  return option !== undefined && method === undefined ? 'not part of this application' : undefined;
}

function pendingReview(it: Case): string | undefined {
  const { option, facts } = it;
  const waits = option?.status === 'pending_review' && !isTester(option, facts.payerId);
  return obstacle('pending_review', it) ?? (waits ? 'this method' : undefined);
}

function notInRollout(it: Case): string | undefined {
  const { option, facts } = it;
  if (option?.status !== 'staged') return undefined;
  if (facts.payerId !== undefined && option.allow.includes(facts.payerId)) return undefined;
  const percent = percentAt(option.steps, facts.now);
  const inside = facts.payerId === undefined ? percent >= 100 : bucketFor(it) < percent;
  return inside ? undefined : `${percent} % today`;
}

function bucketFor({ config, id, facts }: Case): number {
  return bucketOf(config.app, id, facts.payerId ?? '');
}

function sceneUnsupported({ option, method, facts }: Case): string | undefined {
  if (method !== undefined && method.scenes[facts.scene] === undefined)
    return `offers ${Object.keys(method.scenes).join(', ')}`;
  return option?.scenes?.includes(facts.scene) === false ? `this app offers ${option.scenes.join(', ')}` : undefined;
}
