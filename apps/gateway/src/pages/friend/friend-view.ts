import {
  friendsTries,
  isOver,
  paidBy,
  statusOf,
  type Attempt,
  type CoreContext,
  type FriendRequestRecord,
  type FriendView,
} from '@hutong/payment-core';
import type { Scene, SharedMethod } from '@hutong/payment-port';
import type { PanelView } from '../cashier/attempt-panels.js';
import { CASHIER_COPY } from '../cashier/copy.js';
import { canGoOn, type LiveStatus } from '../cashier/standing.js';
import { revisionOf } from '../live-status.js';
import type { Visitor } from '../visitor.js';
import { FRIEND_COPY, type FriendCopy } from './copy.js';

/** What every part of the friend's page draws from: nothing of the owner. */
export interface FriendPageView extends PanelView {
  readonly seen: FriendView;
  readonly words: FriendCopy;
  /** Absolute. */
  readonly url: string;
  readonly scene: Scene;
  readonly method: SharedMethod;
  /** Whose wallet pays where this friend stands; undefined where none can. */
  readonly provider: string | undefined;
  readonly live: LiveStatus;
  /** The try of this friend that awaits them. */
  readonly attempt: Attempt | undefined;
  /** When and with what this friend paid, if they did. */
  readonly paidAt: Date | undefined;
}

export interface FriendVisit {
  readonly visitor: Visitor;
  readonly scene: Scene;
  readonly method: SharedMethod;
  readonly seen: FriendView;
  readonly secret: string | undefined;
}

export function friendPageView(core: CoreContext, record: FriendRequestRecord, visit: FriendVisit): FriendPageView {
  const { visitor, scene, method, seen, secret } = visit;
  const now = core.clock.now();
  const tries = secret === undefined ? [] : friendsTries(core, record, secret);
  return {
    seen,
    visitor,
    scene,
    method,
    now,
    onlyWay: true,
    path: friendPath(record),
    url: core.links.friendRequest(record.request.token),
    copy: CASHIER_COPY[visitor.language],
    words: FRIEND_COPY[visitor.language],
    provider: method.providerOf({ scene }),
    live: friendLiveStatus(record, now),
    attempt: tries.findLast((it) => canGoOn(it, now)),
    paidAt: record.payment.paidAt,
  };
}

export function friendPath({ request }: FriendRequestRecord): string {
  return `/f/${request.token}`;
}

/** The same for everybody who has the link: it says that something changed, not what or for whom. */
export function friendLiveStatus(record: FriendRequestRecord, now: Date): LiveStatus {
  const { request, attempts, captures } = record;
  const status = statusOf(record, now);
  const tries = attempts.filter(({ friendRequestId }) => friendRequestId === request.id);
  const parts = [
    status,
    paidBy(record),
    request.holder,
    tries.map(({ id, status: it }) => [id, it]),
    captures.map(({ id }) => id),
  ];
  return { status: isOver(status) ? status : 'open', attempt: revisionOf(parts) };
}
