import type { AppConfig, Attempt, CoreContext, LoadedScanCode, MethodList, WalletAttempt } from '@hutong/payment-core';
import type { Scene, SharedMethod } from '@hutong/payment-port';
import type { PanelView } from '../cashier/attempt-panels.js';
import { CASHIER_COPY } from '../cashier/copy.js';
import { canGoOn, standingOf, type LiveStatus } from '../cashier/standing.js';
import { revisionOf } from '../live-status.js';
import type { Visitor } from '../visitor.js';
import { CODE_COPY, type CodeCopy } from './copy.js';

/** What every part of the page behind a code draws from: nothing of the owner. */
export interface CodePageView extends PanelView {
  readonly found: LoadedScanCode;
  readonly app: AppConfig;
  readonly words: CodeCopy;
  /** Absolute. */
  readonly url: string;
  readonly scene: Scene;
  /** The one code's own. */
  readonly method: SharedMethod;
  /** Whose browser it is; undefined in one that is no wallet's. */
  readonly provider: string | undefined;
  readonly live: LiveStatus;
  /** Of this scanner. */
  readonly tries: readonly WalletAttempt[];
  /** The one that awaits them. */
  readonly attempt: Attempt | undefined;
}

/** What the scanner may choose where their own browser tells no wallet, or one that is not taken. */
export interface CodeOffer {
  readonly shown: MethodList['shown'];
}

export interface CodeVisit {
  readonly token: string;
  readonly app: AppConfig;
  readonly visitor: Visitor;
  readonly scene: Scene;
  readonly method: SharedMethod;
  readonly tries: readonly WalletAttempt[];
}

export function codePageView(core: CoreContext, found: LoadedScanCode, visit: CodeVisit): CodePageView {
  const { token, visitor, scene, method, tries } = visit;
  const now = core.clock.now();
  return {
    ...visit,
    found,
    now,
    path: `/q/${token}`,
    url: core.links.scanCode(token),
    copy: CASHIER_COPY[visitor.language],
    words: CODE_COPY[visitor.language],
    provider: method.providerOf({ scene }),
    live: codeLiveStatus(found, now),
    attempt: tries.findLast((it) => canGoOn(it, now)),
  };
}

/** The same for everybody who scanned: it says that something changed, not what or for whom. */
export function codeLiveStatus({ record, state }: LoadedScanCode, now: Date): LiveStatus {
  const { payment, attempts, captures } = record;
  const standing = payment.status === 'paid' ? 'paid' : standingOf(record, now);
  const parts = [standing, state, attempts.map(({ id, status }) => [id, status]), captures.map(({ id }) => id)];
  return { status: standing, attempt: revisionOf(parts) };
}

/** Whether there is nothing here that this scanner could still pay. */
export function isDead({ found, attempt }: CodePageView): boolean {
  if (found.record.payment.status !== 'open') return true;
  return found.state !== 'alive' && attempt === undefined;
}
