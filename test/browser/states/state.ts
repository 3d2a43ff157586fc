import type { BrowserKind } from '../../e2e/support/browser.js';
import { Orders } from '../support/orders.js';
import type { Street } from '../support/street.js';
import type { Visitor } from '../support/visitor.js';

export type Device = 'phone' | 'desktop';

/** A page as somebody may find it. */
export interface PageState {
  /** `cashier-paid`: the page, then its state. */
  readonly name: string;
  /** Browsers other than a plain one that it is found in. */
  readonly kinds?: Partial<Record<Device, BrowserKind>>;
  /** Default: both. */
  readonly devices?: readonly Device[];
  /** Takes this browser there; whatever it needs is made on the way. */
  readonly reach: (visitor: Visitor) => Promise<void>;
}

/** The states of some pages, and the apps that they need. */
export interface PageStates {
  readonly apps: readonly string[];
  readonly states: (street: () => Street, orders: Orders) => readonly PageState[];
}

/** Both devices are wallets' own browsers: what they show is the same on a tablet. */
export const inside = (kind: BrowserKind): Pick<PageState, 'kinds'> => ({ kinds: { phone: kind, desktop: kind } });

/** Made at the first need, and then the same for everybody. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
