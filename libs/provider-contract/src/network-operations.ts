import { Bench, type Subject } from './bench.js';
import type { Operation, Truth } from './harness.js';
import { billOf, REFUND, TRADE } from './specimens.js';

/** One thing that an adapter does over the network, ready to be run on a fresh bench. */
export interface NetworkOperation {
  readonly operation: Operation;
  readonly name: string;
  readonly run: (bench: Bench) => Promise<unknown>;
  /** The truth under which it succeeds. */
  readonly truth: Truth;
}

/** Everything that this provider does over the network. */
export function networkOperations(subject: Subject): NetworkOperation[] {
  const { provider, callingProducts } = new Bench(subject);
  const awaiting: Truth = { is: 'awaiting_payer', trade: TRADE };
  const refunded: Truth = { is: 'refund_succeeded', refund: REFUND };
  return [
    ...callingProducts.map((product) => ({
      operation: 'prepare' as const,
      name: `prepare ${product}`,
      run: (bench: Bench) => bench.prepare(product),
      truth: awaiting,
    })),
    { operation: 'query', name: 'query', run: (bench) => bench.query(), truth: { is: 'paid', trade: TRADE } },
    ...(provider.payments.close === undefined
      ? []
      : [{ operation: 'close' as const, name: 'close', run: (bench: Bench) => bench.close(), truth: awaiting }]),
    ...(provider.refunds === undefined
      ? []
      : [
          { operation: 'refund' as const, name: 'refund', run: (bench: Bench) => bench.refund(), truth: refunded },
          {
            operation: 'refund_query' as const,
            name: 'refund query',
            run: (bench: Bench) => bench.queryRefund(),
            truth: refunded,
          },
        ]),
    ...(provider.askSigner === undefined
      ? []
      : [
          {
            operation: 'query' as const,
            name: 'ask who signs',
            run: (bench: Bench) => bench.askSigner(),
            truth: { is: 'unknown' } as const,
          },
        ]),
    ...(provider.bills?.kinds ?? []).map((kind) => ({
      operation: 'bill' as const,
      name: `bill of ${kind}`,
      run: (bench: Bench) => bench.download(kind),
      truth: { is: 'billed' as const, bill: billOf(kind) },
    })),
  ];
}

/** A fresh bench on which the operation would succeed. */
export function benchFor(subject: Subject, operation: NetworkOperation): Bench {
  const bench = new Bench(subject);
  bench.truth = operation.truth;
  return bench;
}
