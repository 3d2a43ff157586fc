import type { CheckoutFacts } from './checkout-facts.js';
import { classReader, type ClassOf } from './class-reader.js';
import { judgeOptions, type JudgedMethod, type ShownOption } from './judge-options.js';
import type { OptionConfig } from './option-config.js';
import { orderTells } from './order-options.js';
import { planOf } from './policy-plan.js';
import type { Tell } from './tells.js';

/** Of one config. Callers choose what they say: a config that tells very much apart begins again when so many are kept. */
const CLASSES_AT_MOST = 500;

/** What a payer sees: always the same object for payers whom no rule of a config tells apart. */
export type ShownList<M> = readonly ShownOption<M>[];

/** `judgeOptions(…).shown`, judged once for all payers whom no rule tells apart. Keep the arrays of configs and methods. */
export function shownOnce<M extends JudgedMethod>(
  config: OptionConfig,
  facts: CheckoutFacts,
  methods: readonly M[],
): ShownList<M> {
  const { classOf, answers } = classesOf(config, methods);
  const ofClass = classOf(facts);
  const known = answers.get(ofClass);
  if (known !== undefined) return known;
  const { shown } = judgeOptions(config, facts, methods);
  if (answers.size >= CLASSES_AT_MOST) answers.clear();
  answers.set(ofClass, shown);
  return shown;
}

interface Classes<M> {
  readonly methods: readonly M[];
  readonly classOf: ClassOf;
  readonly answers: Map<string, ShownList<M>>;
}

/** Answers of configs that are in use; a config that nobody holds any more takes them with it. */
const classes = new WeakMap<OptionConfig, Classes<JudgedMethod>>();

function classesOf<M extends JudgedMethod>(config: OptionConfig, methods: readonly M[]): Classes<M> {
  const known = classes.get(config);
  if (known?.methods === methods) return known as unknown as Classes<M>;
  const made = { methods, classOf: classReader(tellsOf(config, methods)), answers: new Map<string, ShownList<M>>() };
  classes.set(config, made);
  return made;
}

/** All by which a config can tell checkouts apart, as its rules say. */
export function tellsOf(config: OptionConfig, methods: readonly JudgedMethod[]): readonly Tell[] {
  const ofRules = planOf(config, methods).flatMap((planned) =>
    planned.option === undefined || planned.method === undefined
      ? []
      : planned.rules.flatMap((rule) => rule.tells(planned, config)),
  );
  return [...ofRules, ...orderTells(config.order)];
}
