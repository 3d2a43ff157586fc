import { CURRENCIES, MAX_AMOUNT, SCENES } from '@hutong/payment-port';
import { isClientVersion } from '../options/client-version.js';
import type { Guardrail } from '../options/guardrail.js';
import { OPTION_STATUSES, type Option, type OptionStatus } from '../options/option-config.js';
import { calendarShape } from './calendar-shape.js';
import {
  anyText,
  checked,
  described,
  integer,
  list,
  mappingOf,
  members,
  moment,
  oneOf,
  shape,
  text,
  yesOrNo,
  type Shape,
} from './shape.js';
import type { Spot } from './spot.js';

export const localText = members({ 'zh-CN': anyText, en: anyText }, {});
export const payerIds = list(anyText, (id) => id);

export const amountRange = checked(
  members({}, { min: integer(1, MAX_AMOUNT), max: integer(1, MAX_AMOUNT) }),
  (range, at) => ((range.min ?? 0) > (range.max ?? MAX_AMOUNT) ? at.refuse('has a min above its max.') : range),
);

/** A group of payers, by the name that the merchant gives it. */
export const segment = text(/^[a-z][a-z0-9_-]{0,31}$/, 'a name of 1 to 32 small letters, digits, - and _');
export const segmentNames = list(segment, (name) => name);

const segments = checked(members({}, { only: segmentNames, except: segmentNames }), (read, at) => {
  const both = read.only?.find((name) => read.except?.includes(name));
  return both === undefined ? read : at.refuse(`has ${both} in only and in except.`);
});

export const clientVersion = checked(text(/^\d/, "a version in quotes, such as '8.2.0'"), (value, at) =>
  isClientVersion(value) ? value : at.refuse("must be a version in quotes, such as '8.2.0'."),
);

const guardrail: Shape<Guardrail> = checked(
  members({ failed_percent: integer(1, 100), min_attempts: integer(1, 1_000_000) }, {}),
  (read) => ({ failedPercent: read.failed_percent, minAttempts: read.min_attempts }),
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
  staged: ['steps', 'allow', 'guardrail'],
};

/**
 * One of these methods of the application, which is all that an editor suggests; or an id that could be that of another
 * one: what was stored outlives the module that brought it.
 */
export function methodShape(installed: readonly string[]): Shape<string> {
  const known = oneOf(installed);
  return shape(known.schema, (value, at) =>
    typeof value === 'string' && /^[a-z][a-z0-9_]{0,63}$/.test(value) ? value : known(value, at),
  );
}

function fields(methods: readonly string[]) {
  return members(
    {
      method: described('What the payer chooses; each method stands once.', methodShape(methods)),
      status: described(
        'live: for everybody. staged: for a growing share. pending_review: for its testers. off: for nobody.',
        oneOf(OPTION_STATUSES),
      ),
    },
    {
      testers: described('pending_review only: ids of the payers who see it.', payerIds),
      steps: described('staged only: from which moment on for how many percent of the payers; never falling.', steps),
      allow: described('staged only: ids of payers who see it before their turn.', payerIds),
      guardrail: described(
        'staged only: more failures than this in the running step hold the rollout where it is.',
        guardrail,
      ),
      scenes: described(
        'Where it is offered; every scene that the method can serve when left out.',
        list(oneOf(SCENES), (scene) => scene),
      ),
      amount: described('Least and greatest amount, in fen, both inclusive.', amountRange),
      currencies: described(
        'CNY when left out.',
        list(oneOf(CURRENCIES), (currency) => currency),
      ),
      segments: described('Groups of payers, as your calls name them: only these, or all except these.', segments),
      min_client: described('Per scene, the least version of your client.', mappingOf(SCENES, clientVersion)),
      calendar: described('When it is open, on the clocks of one time zone.', calendarShape),
      title: described("In place of the method's own title.", localText),
      help: described('A line below the title.', localText),
      badge: described('A word beside the title.', localText),
      preselect: described('Chosen when the list opens.', yesOrNo),
      fold: described('Below "more ways to pay".', yesOrNo),
      pinned: described('Keeps its place whatever an order rule moves.', yesOrNo),
    },
  );
}

type OptionFields = NonNullable<ReturnType<ReturnType<typeof fields>>>;

/** One option of an app. `installed` are the methods of this application. */
export function optionShape(installed: readonly string[]): Shape<Option> {
  return checked(fields(installed), (option, at) => {
    refuseForeignFields(option, at);
    refuseAbsentMethod(option, installed, at);
    const status = statusOf(option, at);
    return status === undefined ? undefined : { ...commonOf(option), ...status };
  });
}

/** What an option says whatever its status is. */
function commonOf(option: OptionFields): Omit<Option, 'status'> {
  const { testers: _testers, steps: _steps, allow: _allow, guardrail: _guardrail, status: _status, ...rest } = option;
  const { min_client: minClient, ...common } = rest;
  return minClient === undefined ? common : { ...common, minClient };
}

function refuseForeignFields(option: OptionFields, at: Spot): void {
  const own = STATUS_FIELDS[option.status];
  for (const name of Object.values(STATUS_FIELDS).flat()) {
    if (name in option && !own.includes(name)) at.at(name).refuse(`does not go with status ${option.status}.`);
  }
}

/** What is not here can't be offered; the line may stay, and says so. */
function refuseAbsentMethod({ method, status }: OptionFields, installed: readonly string[], at: Spot): void {
  if (status === 'off' || installed.includes(method)) return;
  const known = installed.join(', ');
  at.at('status').refuse(`must be off: ${method} is not part of this application, which has ${known}.`);
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
      return {
        status: 'staged',
        steps: option.steps,
        allow: option.allow ?? [],
        ...(option.guardrail === undefined ? {} : { guardrail: option.guardrail }),
      };
  }
}
