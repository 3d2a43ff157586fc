import type { PaymentProvider, Payments, Prepare, Product, Refunds } from '@hutong/payment-port';
import type { Observer, ProviderOperation } from './observer.js';

type Watch = <T>(operation: ProviderOperation, reference: string, call: () => Promise<T>) => Promise<T>;

/** The same provider, every call of it a step that the observer sees. */
export function observedProvider(
  provider: PaymentProvider,
  observer: Observer,
  account: { readonly id: string; readonly app: string; readonly provider: string },
): PaymentProvider {
  const about = { app_id: account.app, account_id: account.id };
  const watch: Watch = (operation, reference, call) =>
    observer.step(
      { name: 'provider_call', provider: account.provider, operation, about: { ...about, reference } },
      call,
    );
  const { payments, refunds } = provider;
  return {
    ...provider,
    payments: observedPayments(payments, watch),
    ...(refunds && { refunds: observedRefunds(refunds, watch) }),
  };
}

function observedPayments(payments: Payments, watch: Watch): Payments {
  const prepared = Object.entries(payments.prepare).map(([product, prepare]) => {
    const call = prepare as Prepare<Product>;
    type Request = Parameters<typeof call>[0];
    return [product, (request: Request) => watch('prepare', request.reference, () => call(request))] as const;
  });
  return {
    ...payments,
    prepare: Object.fromEntries(prepared) as Payments['prepare'],
    query: (reference) => watch('query', reference, () => payments.query(reference)),
    ...(payments.close && { close: (reference) => watch('close', reference, () => payments.close!(reference)) }),
  };
}

function observedRefunds(refunds: Refunds, watch: Watch): Refunds {
  return {
    ...refunds,
    refund: (request) => watch('refund', request.reference, () => refunds.refund(request)),
    query: (request) => watch('refund_query', request.reference, () => refunds.query(request)),
  };
}
