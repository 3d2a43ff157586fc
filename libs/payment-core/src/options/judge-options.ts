import type { CheckoutFacts } from './checkout-facts.js';
import type { Option, OptionConfig } from './option-config.js';
import { inPayersOrder } from './order-options.js';
import { planOf, type JudgedMethod, type PlannedMethod, type PolicyPlan } from './policy-plan.js';
import { RULES, type Case } from './policy-rules.js';
import { obstaclesBefore } from './provider-rules.js';
import type { Reason } from './reasons.js';
import { bucketFor } from './rollout-rule.js';

export type { JudgedMethod };

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
  /** Every rule, when they were asked for. */
  readonly rules?: readonly RuleTrace[];
}

export interface ShownOption<M> {
  readonly option: Option;
  readonly method: M;
  readonly position: number;
}

export interface Judgement<M> {
  /** In the payer's order. */
  readonly shown: readonly ShownOption<M>[];
  /** Every known method exactly once: those of the config in its order, then the rest by name. */
  readonly verdicts: readonly Verdict[];
}

/**
 * Decides what a payer sees and in which order. Pure: the same facts, version and methods give the same answer. `trace`
 * judges every rule of every method, for people; without it the first that stands in the way is enough. Payers read no
 * verdicts, so these are made when they are first read. Keep the arrays of configs and methods: what is the same array is
 * planned once.
 */
export function judgeOptions<M extends JudgedMethod>(
  config: OptionConfig,
  facts: CheckoutFacts,
  methods: readonly M[],
  { trace = false }: { readonly trace?: boolean } = {},
): Judgement<M> {
  const plan = planOf(config, methods);
  const shown = shownIn(plan, config, facts);
  let verdicts: readonly Verdict[] | undefined;
  return {
    shown,
    get verdicts() {
      return (verdicts ??= verdictsOf(plan, shown, config, facts, trace));
    },
  };
}

function caseOf<M extends JudgedMethod>(planned: PlannedMethod<M>, config: OptionConfig, facts: CheckoutFacts): Case {
  const { method } = planned;
  return { planned, config, facts, obstacles: method ? obstaclesBefore(method.providers, config, facts) : 0 };
}

function firstObstacle(it: Case): Reason | undefined {
  for (const { reason, hinders } of it.planned.rules) if (hinders(it) !== undefined) return reason;
  return undefined;
}

/** The same question for payers, who are told no reason: each obstacle at the providers is a rule that stands in the way. */
function isFree(it: Case): boolean {
  if (it.obstacles !== 0) return false;
  for (const { hinders } of it.planned.rulesBesideProviders) if (hinders(it) !== undefined) return false;
  return true;
}

function shownIn<M extends JudgedMethod>(
  plan: PolicyPlan<M>,
  config: OptionConfig,
  facts: CheckoutFacts,
): readonly ShownOption<M>[] {
  const methods = new Map<Option, M>();
  for (const planned of plan) {
    const { option, method } = planned;
    if (option === undefined || method === undefined) continue;
    if (isFree(caseOf(planned, config, facts))) methods.set(option, method);
  }
  return inPayersOrder([...methods.keys()], config.order, facts).map((option, index) => {
    return { option, method: methods.get(option)!, position: index + 1 };
  });
}

function verdictsOf<M extends JudgedMethod>(
  plan: PolicyPlan<M>,
  shown: readonly ShownOption<M>[],
  config: OptionConfig,
  facts: CheckoutFacts,
  trace: boolean,
): readonly Verdict[] {
  const positions = new Map(shown.map(({ method, position }) => [method.id, position]));
  return plan.map((planned) => verdictOf(caseOf(planned, config, facts), positions.get(planned.id), trace));
}

function verdictOf(it: Case, position: number | undefined, trace: boolean): Verdict {
  const reason = firstObstacle(it);
  const bucket = bucketFor(it.planned, it.facts);
  return {
    method: it.planned.id,
    shown: reason === undefined,
    ...(reason !== undefined && { reason }),
    ...(position !== undefined && { position }),
    ...(bucket !== undefined && { bucket }),
    ...(trace && { rules: RULES.map(({ reason: rule, hinders }) => tracedBy(rule, hinders(it))) }),
  };
}

function tracedBy(rule: Reason, detail: string | undefined): RuleTrace {
  return { rule, holds: detail !== undefined, detail: detail ?? '' };
}
