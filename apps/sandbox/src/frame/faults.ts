import {
  ANSWER_ACTIONS,
  type FaultAction,
  type FaultOperation,
  type FaultRule,
  isTampering,
  NOTIFICATION_ACTIONS,
  SPOILINGS,
  type Tampering,
  type Tamperings,
  type WireFaults,
  WITH_AMOUNT,
} from './fault-rule.js';
import { type BodySpoiling, spoilingOf, UNSPOILED } from './body-spoiling.js';
import type { Provider } from './provider.js';
import { seededDraws } from './seeded-draws.js';

/** One call that rules are matched against. */
export interface FaultTarget {
  readonly provider: Provider;
  readonly operation: FaultOperation;
  /** Numbers that a rule's `reference` may name. */
  readonly references: readonly string[];
}

const NONE: readonly FaultRule[] = [];

interface Armed {
  readonly rule: FaultRule;
  /** Its own, so that rules beside it change nothing about when it fires. */
  readonly draw: () => number;
  seen: number;
  fired: number;
}

/** A plan without a seed repeats exactly too. */
export const DEFAULT_SEED = 1;

/** The rules set by `PUT /__sandbox/faults`. Deterministic: they count calls, and draw from a generator with a seed. */
export class Faults {
  private armed: Armed[] = [];
  seed = DEFAULT_SEED;
  private readonly wires = new Map<Provider, WireFaults>();

  connect(provider: Provider, wire: WireFaults): void {
    this.wires.set(provider, wire);
  }

  /** Replaces all rules; their counts start anew. The control surface has validated them. */
  set(rules: readonly FaultRule[], seed = DEFAULT_SEED): void {
    this.seed = seed;
    this.armed = rules.map((rule, index) => ({ rule, draw: seededDraws(seed + index), seen: 0, fired: 0 }));
  }

  rules(): readonly FaultRule[] {
    return this.armed.map(({ rule }) => rule);
  }

  /** The rules that fire for this call; asking counts as the call. */
  take(target: FaultTarget): readonly FaultRule[] {
    if (this.armed.length === 0) return NONE;
    return this.armed
      .filter((armed) => this.fits(armed.rule, target))
      .filter(fires)
      .map(({ rule }) => rule);
  }

  /** What fired rules do to the body of this wire's message. */
  spoiling(provider: Provider, fired: readonly FaultRule[]): BodySpoiling {
    if (fired.length === 0) return UNSPOILED;
    return spoilingOf(fired, (json) => this.wires.get(provider)?.otherAmount?.(json) ?? json);
  }

  /** What some wire can do with calls like these; empty when there are no such calls. */
  available(match: { readonly provider?: Provider; readonly operation?: FaultOperation }): readonly FaultAction[] {
    const wires = [...this.wires].filter(([provider]) => match.provider === undefined || match.provider === provider);
    const actions = wires.flatMap(([, wire]) =>
      wire.operations
        .filter((operation) => match.operation === undefined || match.operation === operation)
        .flatMap((operation) => actionsOf(operation, wire)),
    );
    return [...new Set(actions)];
  }

  /** Operations that rules can reach here. */
  operations(provider?: Provider): readonly FaultOperation[] {
    const wires = [...this.wires].filter(([name]) => provider === undefined || provider === name);
    return [...new Set(wires.flatMap(([, wire]) => wire.operations))];
  }

  private fits({ match, action }: FaultRule, target: FaultTarget): boolean {
    const wire = this.wires.get(target.provider);
    return (
      wire !== undefined &&
      (match.provider === undefined || match.provider === target.provider) &&
      (match.operation === undefined || match.operation === target.operation) &&
      (match.reference === undefined || target.references.includes(match.reference)) &&
      actionsOf(target.operation, wire).includes(action)
    );
  }
}

/** The signature faults among fired rules. */
export function tamperingsOf(rules: readonly FaultRule[]): Tamperings {
  return new Set(rules.map(({ action }) => action).filter((action): action is Tampering => isTampering(action)));
}

function actionsOf(operation: FaultOperation, wire: WireFaults): readonly FaultAction[] {
  const statesAmount = wire.otherAmount !== undefined && WITH_AMOUNT.includes(operation);
  return [
    ...(operation === 'notification' ? NOTIFICATION_ACTIONS : ANSWER_ACTIONS),
    ...SPOILINGS.filter((spoiling) => spoiling !== 'wrong_amount' || statesAmount),
    ...(wire.unsigned?.includes(operation) ? [] : wire.tamperings),
  ];
}

function fires(armed: Armed): boolean {
  armed.seen += 1;
  const { match, times, probability = 1 } = armed.rule;
  const first = match.nth ?? 1;
  const most = times ?? (match.nth === undefined ? Infinity : 1);
  if (armed.seen < first || armed.fired >= most || armed.draw() >= probability) return false;
  armed.fired += 1;
  return true;
}
