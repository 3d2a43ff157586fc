import { CURRENCIES, MAX_AMOUNT, SCENES } from '@hutong/payment-port';
import { OPTION_STATUSES, type Option, type OptionStatus } from '../options/option-config.js';
import { anyText, checked, integer, list, members, moment, oneOf, yesOrNo, type Shape } from './shape.js';
import type { Spot } from './spot.js';

/** Methods of the design whose module is not built yet: a seed may name them, switched off, to keep their place. */
export const PLANNED_METHODS = ['wechat_friend_pay', 'alipay_friend_pay', 'one_code'] as const;

export const localText = members({ 'zh-CN': anyText, en: anyText }, {});
export const payerIds = list(anyText, (id) => id);

const amountRange = checked(members({}, { min: integer(1, MAX_AMOUNT), max: integer(1, MAX_AMOUNT) }), (range, at) =>
  (range.min ?? 0) > (range.max ?? MAX_AMOUNT) ? at.refuse('has a min above its max.') : range,
);

/** In order of time; a percentage never falls, because a payer who is in stays in. */
const steps = checked(list(members({ at: moment, percent: integer(0, 100) }, {})), (all, at) => {
  for (const [index, step] of all.entries()) {
    const before = all[index - 1];
    if (before === undefined) continue;
    if (Date.parse(step.at) <= Date.parse(before.at))
      at.at(index).at('at').refuse('must be later than the step before it.');
    if (step.percent < before.percent) at.at(index).at('percent').refuse('must not be below the step before it.');
  }
  return all;
});

/** Which fields a status has of its own, and which of them it can't do without. */
const STATUS_FIELDS: Readonly<Record<Option['status'], readonly string[]>> = {
  live: [],
  off: [],
  pending_review: ['testers'],
  staged: ['steps', 'allow'],
};

function fields(methods: readonly string[]) {
  return members(
    { method: oneOf(methods), status: oneOf(OPTION_STATUSES) },
    {
      testers: payerIds,
      steps,
      allow: payerIds,
      scenes: list(oneOf(SCENES), (scene) => scene),
      amount: amountRange,
      currencies: list(oneOf(CURRENCIES), (currency) => currency),
      title: localText,
      help: localText,
      badge: localText,
      preselect: yesOrNo,
      fold: yesOrNo,
    },
  );
}

type OptionFields = NonNullable<ReturnType<ReturnType<typeof fields>>>;

/** One option of an app. `installed` are the methods of this application. */
export function optionShape(installed: readonly string[]): Shape<Option> {
  return checked(fields([...installed, ...PLANNED_METHODS]), (option, at) => {
    refuseForeignFields(option, at);
    if (!installed.includes(option.method) && option.status !== 'off') {
      return at.at('status').refuse(`must be off: ${option.method} is not built yet.`);
    }
    const { testers: _testers, steps: _steps, allow: _allow, status: _status, ...rest } = option;
    const status = statusOf(option, at);
    return status === undefined ? undefined : { ...rest, ...status };
  });
}

function refuseForeignFields(option: OptionFields, at: Spot): void {
  const own = STATUS_FIELDS[option.status];
  for (const name of Object.values(STATUS_FIELDS).flat()) {
    if (name in option && !own.includes(name)) at.at(name).refuse(`does not go with status ${option.status}.`);
  }
}

function statusOf(option: OptionFields, at: Spot): OptionStatus | undefined {
  switch (option.status) {
    case 'live':
    case 'off':
      return { status: option.status };
    case 'pending_review':
      return { status: 'pending_review', testers: option.testers ?? [] };
    case 'staged':
      if (option.steps === undefined) return at.at('steps').refuse('is missing: status staged goes by dated steps.');
      return { status: 'staged', steps: option.steps, allow: option.allow ?? [] };
  }
}
