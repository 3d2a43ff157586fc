import { openingOf } from './calendar.js';
import type { CheckoutFacts } from './checkout-facts.js';
import { hasReached } from './client-version.js';
import { notInRollout } from './rollout-rule.js';
import type { Tell, TellBy } from './tells.js';

/** What can be told of a checkout, as text: of the same text is the same answer. */
export type ClassOf = (facts: CheckoutFacts) => string;

type Readers = { readonly [By in Tell['by']]: (tells: readonly TellBy<By>[]) => ClassOf };

/** For each kind of tell what all of that kind say together. Asked by every checkout: what can be looked up is prepared. */
const READERS: Readers = {
  scene:
    () =>
    ({ scene }) =>
      scene,
  currency: (tells) => {
    const named = unique(tells.flatMap(({ among }) => among));
    return ({ currency }) => String(named.indexOf(currency));
  },
  amount: (tells) => {
    const bounds = unique(tells.map(({ bound }) => bound));
    return ({ amount }) => String(placeAmong(bounds, amount));
  },
  segment: (tells) => {
    const named = unique(tells.map((it) => it.named));
    return ({ segments }) => (segments === undefined ? '' : places(named, (it) => segments.includes(it)));
  },
  client_version: (tells) => {
    const leasts = unique(tells.map(({ least }) => least));
    return ({ clientVersion }) => places(leasts, (least) => hasReached(clientVersion, least));
  },
  payer: (tells) => {
    const lists = tells.map(({ among }) => among);
    const known = new Map(lists.flat().map((payer) => [payer, places(lists, (list) => list.includes(payer))]));
    return ({ payerId }) => (payerId === undefined ? '' : (known.get(payerId) ?? ''));
  },
  rollout: (tells) => {
    const staged = tells.map((it) => it.of);
    return (facts) => places(staged, (planned) => notInRollout(planned, facts) === undefined);
  },
  calendar: (tells) => {
    const calendars = new Map(tells.map(({ calendar }) => [JSON.stringify(calendar), calendar]));
    const openings = [...calendars.values()].map(openingOf);
    return ({ now }) => places(openings, (isOpen) => isOpen(now));
  },
  unfit:
    () =>
    ({ unfit }) =>
      unfit === undefined ? '' : JSON.stringify(Object.keys(unfit)),
  accounts:
    () =>
    ({ accounts }) =>
      textOf(accounts),
  unavailable:
    () =>
    ({ unavailable }) =>
      unavailable === undefined ? '' : JSON.stringify(unavailable),
};

/** Reads all that these tell of a checkout. */
export function classReader(tells: readonly Tell[]): ClassOf {
  const readers = [...Map.groupBy(tells, ({ by }) => by)].map(([by, ofKind]) => READERS[by](ofKind as never[]));
  return (facts) => {
    let text = '';
    for (const read of readers) text += `${read(facts)}|`;
    return text;
  };
}

/** Grows with the amount: by one as it comes to a bound, and by one as it passes it. */
function placeAmong(bounds: readonly number[], amount: number): number {
  let place = 0;
  for (const bound of bounds) place += Number(amount >= bound) + Number(amount > bound);
  return place;
}

/** Which of them it is true of. */
function places<T>(all: readonly T[], isTrueOf: (it: T) => boolean): string {
  let text = '';
  for (const it of all) text += isTrueOf(it) ? '1' : '0';
  return text;
}

function unique<T>(all: readonly T[]): readonly T[] {
  return [...new Set(all)];
}

/** Texts of lists that are in use: the same list of accounts comes with every checkout. */
const texts = new WeakMap<readonly string[], string>();

function textOf(list: readonly string[]): string {
  const known = texts.get(list);
  if (known !== undefined) return known;
  const text = JSON.stringify(list);
  texts.set(list, text);
  return text;
}
