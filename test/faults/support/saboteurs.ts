import type { Stores } from '@hutong/payment-core';
import {
  type NextAction,
  OutcomeUnknown,
  type PrepareRequest,
  Rejected,
  type PaymentProvider,
  type ProviderDefinition,
  type Snapshot,
} from '@hutong/payment-port';

/** One guard taken away, by wrapping what a child is given: the suite has to notice each of them, or it sees nothing. */
export interface Saboteur {
  /** What goes wrong, in one sentence. */
  readonly does: string;
  /** The invariants of which at least one has to be reported. */
  readonly breaks: readonly string[];
  readonly stores?: (stores: Stores) => Stores;
  readonly provider?: (provider: PaymentProvider) => PaymentProvider;
}

const asked = new Map<string, number>();

export const SABOTEURS: Readonly<Record<string, Saboteur>> = {
  skip_amount_check: {
    does: 'orders a fen less at the wallet, and takes whatever was paid for the amount that was asked',
    breaks: ['I-01'],
    provider: (provider) => ({
      ...provider,
      payments: {
        ...provider.payments,
        prepare: mapCalls(provider.payments.prepare, (call) => (request) => {
          asked.set(request.reference, request.amount.amount);
          return call({ ...request, amount: { ...request.amount, amount: request.amount.amount - 1 } });
        }),
        query: async (reference) => asAsked(await provider.payments.query(reference), reference),
      },
      ...(provider.notifications && {
        notifications: {
          ...provider.notifications,
          parse: async (message) => {
            const read = await provider.notifications!.parse(message);
            return read.subject === 'payment' ? { ...read, snapshot: asAsked(read.snapshot, read.reference) } : read;
          },
        },
      }),
    }),
  },
  ack_before_commit: {
    does: 'answers a notification as taken before anything of it is written',
    breaks: ['I-13'],
    stores: (stores) => ({
      ...stores,
      inbox: { receive: async ({ id }) => ({ id, outcome: 'settled' }), markApplied: async () => undefined },
    }),
  },
  drop_an_event: {
    does: 'moves a refund without the event that reports it',
    breaks: ['I-11'],
    stores: (stores) => ({
      ...stores,
      payments: replacing(stores.payments, {
        moveRefund: (id, to, change) => stores.payments.moveRefund(id, to, change),
      }),
    }),
  },
  mint_a_new_refund_number: {
    does: 'sends each retry of a refund under a fresh number',
    breaks: ['I-01', 'I-07'],
    provider: (provider) => {
      const { refunds } = provider;
      if (refunds === undefined) return provider;
      let minted = 0;
      const fresh = (reference: string): string => `${reference.slice(0, 26)}${String(++minted).padStart(4, '0')}`;
      return {
        ...provider,
        refunds: {
          refund: (request) => refunds.refund({ ...request, reference: fresh(request.reference) }),
          query: (request) => refunds.query(request),
        },
      };
    },
  },
  lose_an_obligation: {
    does: 'forgets that money which nobody was waiting for is owed back',
    breaks: ['I-01', 'I-04'],
    stores: (stores) => ({
      ...stores,
      payments: replacing(stores.payments, {
        settleCapture: async (capture, owed, events) => {
          const settlement = await stores.payments.settleCapture(capture, owed, events);
          if (settlement.outcome === 'owed')
            await stores.payments.moveRefund(owed.id, 'failed', { code: 'forgotten', nextCheckAt: null });
          return settlement;
        },
      }),
    }),
  },
  settle_without_proof: {
    does: 'takes an order that the wallet has open for one that it says is paid',
    breaks: ['I-01'],
    provider: (provider) => ({
      ...provider,
      payments: {
        ...provider.payments,
        prepare: mapCalls(provider.payments.prepare, (call) => (request) => {
          asked.set(request.reference, request.amount.amount);
          return call(request);
        }),
        query: async (reference): Promise<Snapshot> => {
          const snapshot = await provider.payments.query(reference);
          if (snapshot.state !== 'awaiting_payer') return snapshot;
          const amount = { amount: asked.get(reference) ?? 0, currency: 'CNY' } as const;
          const { payee } = provider;
          return { state: 'paid', amount, paidAt: new Date(), providerReference: `made_up_${reference}`, payee };
        },
      },
    }),
  },
  call_unknown_failed: {
    does: 'takes no answer for a no',
    breaks: ['I-10', 'I-01'],
    provider: (provider) => ({
      ...provider,
      payments: {
        ...provider.payments,
        prepare: mapCalls(provider.payments.prepare, (call) => async (request) => {
          try {
            return await call(request);
          } catch (error) {
            if (!(error instanceof OutcomeUnknown)) throw error;
            const { provider, operation } = error;
            throw new Rejected('no answer', { provider, operation, reason: 'unavailable', code: 'none' });
          }
        }),
      },
    }),
  },
  close_without_asking: {
    does: 'calls an order closed that the wallet was never told to close',
    breaks: ['I-10', 'I-01'],
    provider: (provider) => ({ ...provider, payments: { ...provider.payments, close: async () => 'closed' } }),
  },
  lose_a_webhook: {
    does: 'marks what an endpoint refused as delivered',
    breaks: ['I-12'],
    stores: (stores) => ({
      ...stores,
      webhooks: replacing(stores.webhooks, {
        finishAttempt: (claimed, attempt, _, now) =>
          stores.webhooks.finishAttempt(claimed, attempt, { kind: 'delivered' }, now),
      }),
    }),
  },
};

/** What the saboteur of this name makes of the parts of a gateway; without one, the parts as they are. */
export function sabotagedStores(stores: Stores, name: string | undefined): Stores {
  return (name === undefined ? undefined : SABOTEURS[name]?.stores)?.(stores) ?? stores;
}

export function sabotagedProvider(definition: ProviderDefinition, name: string | undefined): ProviderDefinition {
  const change = name === undefined ? undefined : SABOTEURS[name]?.provider;
  if (change === undefined) return definition;
  return { ...definition, connect: (settings, tools) => change(definition.connect(settings, tools)) };
}

function asAsked(snapshot: Snapshot, reference: string): Snapshot {
  const amount = asked.get(reference);
  if (snapshot.state !== 'paid' || amount === undefined) return snapshot;
  return { ...snapshot, amount: { ...snapshot.amount, amount } };
}

type Prepares = PaymentProvider['payments']['prepare'];
/** Any product's: which one it is does not matter to who spoils it. */
type Order = (request: PrepareRequest) => Promise<NextAction>;

function mapCalls(prepare: Prepares, change: (call: Order) => Order): Prepares {
  const changed = Object.entries(prepare).map(([product, call]) => [product, change(call as Order)]);
  return Object.fromEntries(changed) as Prepares;
}

function leased<T extends object>(store: T, args: unknown[]): T {
  return (Reflect.get(store, 'underLease') as (...args: unknown[]) => T).apply(store, args);
}

function replacing<T extends object>(target: T, methods: Partial<T>): T {
  return new Proxy(target, {
    get(object, name) {
      // The same store under a lease: what is taken away stays away.
      if (name === 'underLease') return (...args: unknown[]) => replacing(leased(object, args), methods);
      const member = (Reflect.get(methods, name) ?? Reflect.get(object, name, object)) as unknown;
      return typeof member === 'function' ? (member.bind(object) as unknown) : member;
    },
  });
}
