import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { CoreContext } from '@hutong/payment-core';
import { CORE } from '../../tokens.js';
import { statusTag, statusView, type LiveStatus } from './standing.js';

const POLL_MS = 1_000;

/** Open streams: of one payment (a payer has a phone and a computer, not a hundred), and of the process. */
export const MOST_WATCHERS = { perPayment: 8, all: 1_000 } as const;

export interface Watcher {
  /** Nobody is there any more, and nobody will say so: it takes no place. */
  readonly gone?: boolean;
  changed(status: LiveStatus): void;
  /** Nothing more will come. */
  ended(): void;
}

/** How it stands; undefined when there is nothing any more. */
export type Look = () => Promise<LiveStatus | undefined>;

interface Watched {
  readonly watchers: Set<Watcher>;
  readonly look: Look;
  tag: string;
  /** How often somebody came who had seen something else: a look that was under way then may be older than that. */
  doubts: number;
  timer: NodeJS.Timeout;
}

/** Tells watchers of payments when they change: one look into the database per payment and second, however many watch it. */
@Injectable()
export class PaymentWatch implements OnModuleDestroy {
  readonly #watched = new Map<string, Watched>();
  #all = 0;

  constructor(@Inject(CORE) private readonly core: CoreContext) {}

  /**
   * @param look what is watched under this token; without it, the payment of a cashier
   * @returns how to stop; undefined when there are too many already, and the caller asks for the status now and then
   */
  watch(
    token: string,
    seen: LiveStatus,
    watcher: Watcher,
    look: Look = () => this.#payment(token),
  ): (() => void) | undefined {
    if (watcher.gone === true) return () => undefined;
    const watched = this.#watched.get(token);
    if (this.#all >= MOST_WATCHERS.all || (watched?.watchers.size ?? 0) >= MOST_WATCHERS.perPayment) return undefined;
    if (watched !== undefined && watched.tag !== statusTag(seen)) doubt(watched);
    (watched ?? this.#begin(token, seen, look)).watchers.add(watcher);
    this.#all += 1;
    return () => this.#leave(token, watcher);
  }

  onModuleDestroy(): void {
    for (const token of this.#watched.keys()) this.#end(token);
  }

  #begin(token: string, seen: LiveStatus, look: Look): Watched {
    const watched = { watchers: new Set<Watcher>(), look, tag: statusTag(seen), doubts: 0, timer: this.#next(token) };
    this.#watched.set(token, watched);
    return watched;
  }

  #next(token: string): NodeJS.Timeout {
    return setTimeout(() => void this.#look(token), POLL_MS).unref();
  }

  async #look(token: string): Promise<void> {
    const watched = this.#watched.get(token);
    if (watched === undefined) return;
    const { doubts } = watched;
    const status = await statusOf(watched.look);
    // Those it was looked up for have left; whoever came instead is looked up anew.
    if (this.#watched.get(token) !== watched) return;
    const isNews = status !== undefined && watched.doubts === doubts;
    if (isNews) tell(watched, status);
    if (isNews && isOver(status)) this.#end(token);
    else watched.timer = this.#next(token);
  }

  async #payment(token: string): Promise<LiveStatus | undefined> {
    const record = await this.core.stores.payments.findPaymentByCashierToken(token);
    return record && statusView(record, this.core.clock.now());
  }

  #leave(token: string, watcher: Watcher): void {
    const watched = this.#watched.get(token);
    if (watched?.watchers.delete(watcher) !== true) return;
    this.#all -= 1;
    if (watched.watchers.size === 0) this.#forget(token, watched);
  }

  #end(token: string): void {
    const watched = this.#watched.get(token);
    if (watched === undefined) return;
    this.#all -= watched.watchers.size;
    this.#forget(token, watched);
    for (const watcher of watched.watchers) watcher.ended();
  }

  #forget(token: string, { timer }: Watched): void {
    clearTimeout(timer);
    this.#watched.delete(token);
  }
}

/** A change overtook one of two looks, and nobody knows which: the next one is told to everybody. */
function doubt(watched: Watched): void {
  watched.tag = '';
  watched.doubts += 1;
}

function tell(watched: Watched, status: LiveStatus): void {
  const tag = statusTag(status);
  if (tag === watched.tag) return;
  watched.tag = tag;
  for (const watcher of watched.watchers) watcher.changed(status);
}

/** A database that does not answer is asked again, and reported by whoever else needs it. */
async function statusOf(look: Look): Promise<LiveStatus | undefined> {
  try {
    return await look();
  } catch {
    return undefined;
  }
}

/** An expired payment may still turn out paid, by a payer who was in time: it is watched on. */
export function isOver({ status }: LiveStatus): boolean {
  return status !== 'open' && status !== 'expired';
}
