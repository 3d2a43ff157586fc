import {
  Rejected,
  type Clock,
  type PaymentProvider,
  type Payments,
  type Prepare,
  type Product,
  type Refunds,
} from '@hutong/payment-port';
import type { Circuit } from './options/circuit.js';

/** Does a call and passes on what came of it. */
type Watch = <T>(call: () => Promise<T>) => Promise<T>;

/**
 * The same provider, its circuit told of every call: an answer, a refusal included, says that the wallet is there; not
 * being reached, no answer, or one that does not verify says that it may not be.
 */
export function watched(provider: PaymentProvider, circuit: Circuit, clock: Clock): PaymentProvider {
  const watch: Watch = async (call) => {
    try {
      const answer = await call();
      circuit.succeeded();
      return answer;
    } catch (error) {
      if (error instanceof Rejected) circuit.succeeded();
      else circuit.failed(clock.now());
      throw error;
    }
  };
  const { payments, refunds } = provider;
  return {
    ...provider,
    payments: watchedPayments(payments, watch),
    ...(refunds && { refunds: watchedRefunds(refunds, watch) }),
  };
}

function watchedPayments(payments: Payments, watch: Watch): Payments {
  const prepared = Object.entries(payments.prepare).map(([product, prepare]) => {
    const call = prepare as Prepare<Product>;
    return [product, (request: Parameters<typeof call>[0]) => watch(() => call(request))] as const;
  });
  return {
    ...payments,
    prepare: Object.fromEntries(prepared) as Payments['prepare'],
    query: (reference) => watch(() => payments.query(reference)),
    ...(payments.close && { close: (reference) => watch(() => payments.close!(reference)) }),
  };
}

function watchedRefunds(refunds: Refunds, watch: Watch): Refunds {
  return {
    ...refunds,
    refund: (request) => watch(() => refunds.refund(request)),
    query: (request) => watch(() => refunds.query(request)),
  };
}
