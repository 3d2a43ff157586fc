import type { PaymentProvider, Payments, Prepare, Product, Refunds } from '@hutong/payment-port';

/** What happens around each call to a provider that asks or moves something. */
export type AroundCall = <T>(call: () => Promise<T>) => Promise<T>;

/** The same provider, with something around each of its calls about payments and refunds. */
export function aroundCalls(provider: PaymentProvider, around: AroundCall): PaymentProvider {
  const { payments, refunds } = provider;
  return {
    ...provider,
    payments: aroundPayments(payments, around),
    ...(refunds && { refunds: aroundRefunds(refunds, around) }),
  };
}

function aroundPayments(payments: Payments, around: AroundCall): Payments {
  const prepared = Object.entries(payments.prepare).map(([product, prepare]) => {
    const call = prepare as Prepare<Product>;
    return [product, (request: Parameters<typeof call>[0]) => around(() => call(request))] as const;
  });
  return {
    ...payments,
    prepare: Object.fromEntries(prepared) as Payments['prepare'],
    query: (reference) => around(() => payments.query(reference)),
    ...(payments.close && { close: (reference) => around(() => payments.close!(reference)) }),
  };
}

function aroundRefunds(refunds: Refunds, around: AroundCall): Refunds {
  return {
    ...refunds,
    refund: (request) => around(() => refunds.refund(request)),
    query: (request) => around(() => refunds.query(request)),
  };
}
