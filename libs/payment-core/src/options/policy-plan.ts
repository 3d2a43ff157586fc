import type { SharedMethod } from '@hutong/payment-port';
import { openingOf, type Opening } from './calendar.js';
import type { Option, OptionConfig } from './option-config.js';
import { rulesBesideProviders, rulesFor, type PolicyRule } from './policy-rules.js';
import { compileSteps, type Step } from './rollout.js';

/** A method as the policy sees it: where it works, and which providers' wallets it can reach. */
export type JudgedMethod = Pick<SharedMethod, 'id' | 'scenes' | 'providers' | 'offeredIn'>;

/** One method of a config, with everything about it that does not depend on who asks. */
export interface PlannedMethod<M extends JudgedMethod = JudgedMethod> {
  readonly id: string;
  readonly app: string;
  readonly option: Option | undefined;
  readonly method: M | undefined;
  /** Of a staged option, in order of time. */
  readonly steps: readonly Step[];
  readonly opening: Opening | undefined;
  /** The rules that could ever stand in its way, in order of precedence: without a calendar none asks the time. */
  readonly rules: readonly PolicyRule[];
  /** Those of them that may hold while nothing stands before its providers. */
  readonly rulesBesideProviders: readonly PolicyRule[];
}

/** A config made ready to be judged many times: options in its order, then the installation's other methods by name. */
export type PolicyPlan<M extends JudgedMethod> = readonly PlannedMethod<M>[];

/** Plans of configs that are in use; a config that nobody holds any more takes its plan with it. */
const plans = new WeakMap<OptionConfig, { readonly methods: readonly JudgedMethod[]; readonly plan: unknown }>();

/** The plan of a config over these methods, made once. Both are immutable. */
export function planOf<M extends JudgedMethod>(config: OptionConfig, methods: readonly M[]): PolicyPlan<M> {
  const known = plans.get(config);
  if (known?.methods === methods) return known.plan as PolicyPlan<M>;
  const plan = makePlan(config, methods);
  plans.set(config, { methods, plan });
  return plan;
}

function makePlan<M extends JudgedMethod>(config: OptionConfig, methods: readonly M[]): PolicyPlan<M> {
  const installed = new Map(methods.map((method) => [method.id, method]));
  const options = new Map(config.options.map((option) => [option.method, option]));
  const others = methods.map(({ id }) => id).filter((id) => !options.has(id));
  return [...options.keys(), ...others.toSorted()].map((id) => {
    const option = options.get(id);
    const method = installed.get(id);
    return {
      id,
      app: config.app,
      option,
      method,
      steps: option?.status === 'staged' ? compileSteps(option.steps) : [],
      opening: option?.calendar && openingOf(option.calendar),
      rules: rulesFor(option),
      rulesBesideProviders: rulesBesideProviders(option),
    };
  });
}
