import {
  ANSWER_ACTIONS,
  type FaultAction,
  type FaultOperation,
  type FaultRule,
  isTampering,
  NOTIFICATION_ACTIONS,
  type Tampering,
  type Tamperings,
  type WireFaults,
} from './fault-rule.js';
import type { Provider } from './provider.js';

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
  seen: number;
  fired: number;
}

/** The rules set by `PUT /__sandbox/faults`. Deterministic: they count calls, they roll no dice. */
export class Faults {
  private armed: Armed[] = [];
  private readonly wires = new Map<Provider, WireFaults>();

  connect(provider: Provider, wire: WireFaults): void {
    this.wires.set(provider, wire);
  }

  /** Replaces all rules; their counts start anew. The control surface has validated them. */
  set(rules: readonly FaultRule[]): void {
    this.armed = rules.map((rule) => ({ rule, seen: 0, fired: 0 }));
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
  return [...(operation === 'notification' ? NOTIFICATION_ACTIONS : ANSWER_ACTIONS), ...wire.tamperings];
}

function fires(armed: Armed): boolean {
  armed.seen += 1;
  const { match, times } = armed.rule;
  const first = match.nth ?? 1;
  const most = times ?? (match.nth === undefined ? Infinity : 1);
  if (armed.seen < first || armed.fired >= most) return false;
  armed.fired += 1;
  return true;
}
