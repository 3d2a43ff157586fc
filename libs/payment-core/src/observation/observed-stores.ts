import type { NewEvent } from '../event.js';
import type { IdempotencyStore } from '../stores/idempotency.store.js';
import type { PaymentStore } from '../stores/payment.store.js';
import type { Stores } from '../stores/stores.js';
import type { About } from './decision.js';
import type { Observer } from './observer.js';

/**
 * The same stores, every decision told once it is committed: a write that changed nothing is none. What no method here
 * names goes straight through, to the very store. Nothing is read of the stores before it is used.
 */
export function observedStores(stores: Stores, observer: Observer): Stores {
  let payments: PaymentStore | undefined;
  let idempotency: IdempotencyStore | undefined;
  return {
    ...stores,
    get payments() {
      return (payments ??= observedPayments(stores.payments, observer));
    },
    get idempotency() {
      return (idempotency ??= observedKeys(stores.idempotency, observer));
    },
  };
}

/** A store whose named methods are these and whose others are its own. */
function over<T extends object>(store: T, methods: Partial<T>): T {
  return Object.assign(Object.create(store) as T, methods);
}

function observedPayments(store: PaymentStore, observer: Observer): PaymentStore {
  return over<PaymentStore>(store, {
    underLease: (lease) => observedPayments(store.underLease(lease), observer),
    async insertPayment(...args) {
      const answer = await store.insertPayment(...args);
      if (answer.inserted) observer.decided({ what: 'payment_created', ...aboutPayment(args[1]) });
      return answer;
    },
    async closePayment(...args) {
      const moved = await store.closePayment(...args);
      if (moved) observer.decided({ what: 'payment_closed', reason: args[1], ...aboutPayment(args[2]) });
      return moved;
    },
    async openAttempt(...args) {
      const opened = await store.openAttempt(...args);
      const [{ id, provider, method, reference }, event] = args;
      if (opened) {
        const about = { ...aboutPayment(event), attempt_id: id, reference };
        observer.decided({ what: 'attempt_opened', provider, method, ...about });
      }
      return opened;
    },
    async moveAttempt(...args) {
      const moved = await store.moveAttempt(...args);
      const [id, to, { code }, event] = args;
      if (moved) observer.decided({ what: 'attempt_moved', to, code, ...aboutPayment(event), attempt_id: id });
      return moved;
    },
    settleCapture: (...args) => settle(store, observer, args),
    async insertRefund(...args) {
      const answer = await store.insertRefund(...args);
      const [{ id, cause }, event] = args;
      if (answer.outcome === 'inserted')
        observer.decided({ what: 'refund_created', cause, ...aboutPayment(event), refund_id: id });
      return answer;
    },
    async moveRefund(...args) {
      const moved = await store.moveRefund(...args);
      const [id, to, { code }, event] = args;
      if (moved)
        observer.decided({ what: 'refund_moved', to, code: code ?? undefined, ...aboutPayment(event), refund_id: id });
      return moved;
    },
    async appendEvent(event) {
      await store.appendEvent(event);
      if (event.type !== 'payment.needs_review') return;
      observer.decided({ what: 'review_opened', code: textOf(event, 'code') ?? 'unknown', ...aboutPayment(event) });
    },
  });
}

async function settle(
  store: PaymentStore,
  observer: Observer,
  args: Parameters<PaymentStore['settleCapture']>,
): ReturnType<PaymentStore['settleCapture']> {
  const [{ attemptId, accountId, provider }, owed, { paid }] = args;
  const about = { ...aboutPayment(paid), attempt_id: attemptId, account_id: accountId };
  const settlement = await observer.step({ name: 'settle', about }, () => store.settleCapture(...args));
  const method = textOf(paid, 'method') ?? 'unknown';
  if (settlement.outcome === 'accepted') observer.decided({ what: 'payment_paid', provider, method, ...about });
  if (settlement.outcome === 'owed') {
    observer.decided({ what: 'payment_overpaid', provider, method, ...about });
    observer.decided({ what: 'refund_created', cause: 'obligation', ...about, refund_id: owed.id });
  }
  return settlement;
}

function observedKeys(store: IdempotencyStore, observer: Observer): IdempotencyStore {
  return over<IdempotencyStore>(store, {
    async claim(...args) {
      const claim = await store.claim(...args);
      observer.decided({ what: 'idempotency', outcome: claim.outcome, app_id: args[0] });
      return claim;
    },
  });
}

function aboutPayment(event: NewEvent | undefined): About {
  return event === undefined ? {} : { app_id: event.app, payment_id: event.paymentId };
}

function textOf({ data }: NewEvent, name: string): string | undefined {
  const value = data[name];
  return typeof value === 'string' ? value : undefined;
}
