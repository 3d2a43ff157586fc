import type { Stores } from '@hutong/payment-core';
import type { PaymentProvider, ProviderDefinition } from '@hutong/payment-port';

/**
 * Where a process may be ended. Production code carries none of it: stores and providers are ports, and the children of this
 * suite get them wrapped. The tables are total — a method that a store or a provider gains does not compile until it
 * stands here with its kind.
 *
 * - `write`: it changes rows. What stands before it in the code has happened, what comes after has not: the process may end
 *   in between, and does, right after the method has committed.
 * - `read`: nothing to lose.
 * - `setup`: done by people, not by a payment on its way.
 */
type Kind = 'write' | 'read' | 'setup';

type Methods<T> = { [K in keyof T as T[K] extends (...args: never[]) => unknown ? K : never]: Kind };

export const STORE_METHODS = {
  payments: {
    insertPayment: 'write',
    findPayment: 'read',
    findPaymentByOrderNo: 'read',
    findPaymentByCashierToken: 'read',
    loadPayment: 'read',
    closePayment: 'write',
    openAttempt: 'write',
    moveAttempt: 'write',
    scheduleAttempt: 'write',
    findAttemptByReference: 'read',
    settleCapture: 'write',
    insertRefund: 'write',
    findRefund: 'read',
    findRefundByReference: 'read',
    moveRefund: 'write',
    scheduleRefund: 'write',
    appendEvent: 'write',
    listEvents: 'read',
    raiseReview: 'write',
    takeRefundTurn: 'write',
    claimDue: 'write',
    renewLease: 'write',
    underLease: 'read',
  },
  friends: {
    insertRequest: 'write',
    findRequest: 'read',
    findRequestByToken: 'read',
    findRequestByTextCode: 'read',
    findOpenRequest: 'read',
    hold: 'write',
    cancelRequest: 'write',
    openAttempt: 'write',
  },
  inbox: { receive: 'write', markApplied: 'write' },
  idempotency: { claim: 'write', complete: 'write', release: 'write', purge: 'setup' },
  config: {
    listApps: 'read',
    findApp: 'read',
    saveApp: 'setup',
    findOptions: 'read',
    listOptionVersions: 'read',
    addOptions: 'setup',
    listAccounts: 'read',
    findAccountVersions: 'read',
    findAccount: 'read',
    addAccountVersion: 'setup',
    retireAccount: 'setup',
    listKeys: 'read',
    addKey: 'setup',
    findKeyByHash: 'read',
    revokeKey: 'setup',
  },
  audit: { listEntries: 'read' },
  reviews: { listReviews: 'read', findReview: 'read', resolveReview: 'setup' },
  operation: { backlog: 'read', pendingMigrations: 'read', violations: 'read', ledger: 'read' },
  rollouts: { listHolds: 'read', hold: 'setup', release: 'setup', lastReleased: 'read', tally: 'read' },
  impressions: { addImpression: 'write', listImpressions: 'read', listImpressionsBetween: 'read' },
  recent: { options: 'read', accounts: 'read', holds: 'read', keyByHash: 'read' },
  reconciliations: {
    listAccounts: 'read',
    schedule: 'write',
    request: 'write',
    begin: 'write',
    claimDue: 'write',
    renew: 'write',
    letGo: 'write',
    finish: 'write',
    stage: 'write',
    sumStaged: 'read',
    compareAfter: 'read',
    unmark: 'write',
    mark: 'write',
    unbilled: 'read',
    readyDays: 'read',
    addDifferences: 'write',
    openDifferences: 'read',
    resolve: 'write',
    review: 'write',
    find: 'read',
    list: 'read',
    listDifferences: 'read',
    countDifferences: 'read',
  },
  webhooks: {
    insertEndpoint: 'setup',
    listEndpoints: 'read',
    findEndpoint: 'read',
    changeEndpoint: 'setup',
    deleteEndpoint: 'setup',
    rotateKey: 'setup',
    signingKeys: 'read',
    relay: 'write',
    insertTest: 'setup',
    claimDeliveries: 'write',
    finishAttempt: 'write',
    listEvents: 'read',
    findEvent: 'read',
    deliveriesOf: 'read',
    redeliver: 'setup',
  },
} as const satisfies {
  [S in keyof Stores as Stores[S] extends (...args: never[]) => unknown ? never : S]: Methods<Stores[S]>;
};

/** What a connected provider does; each is a point on both sides: before anything left us, and after it was answered. */
export const PROVIDER_OPERATIONS = [
  'prepare',
  'query',
  'close',
  'refund',
  'refund_query',
  'parse',
  'acknowledge',
] as const;

/** Total like the stores' table. What is `plain` asks or moves nothing about a payment, and is handed on as it is. */
export const PROVIDER_MEMBERS = {
  payee: 'plain',
  payments: { prepare: 'wrapped', query: 'wrapped', close: 'wrapped' },
  refunds: { refund: 'wrapped', query: 'wrapped', apartS: 'plain' },
  notifications: { parse: 'wrapped', acknowledge: 'wrapped' },
  bills: 'plain',
  upkeep: 'plain',
  identity: 'plain',
  askSigner: 'plain',
} as const satisfies Record<Exclude<keyof PaymentProvider, 'payments' | 'refunds' | 'notifications'>, 'plain'> & {
  payments: Record<keyof PaymentProvider['payments'], 'wrapped'>;
  refunds: Record<keyof NonNullable<PaymentProvider['refunds']>, 'wrapped' | 'plain'>;
  notifications: Record<keyof NonNullable<PaymentProvider['notifications']>, 'wrapped'>;
};

/** Called on the way: with the point's name, before or after. */
export type Probe = (point: string, side: 'before' | 'after') => Promise<void> | void;

type Call = (...args: unknown[]) => unknown;

/** Right after it has committed; a message that was sent and is not yet noted as such, before. */
const sidesOf = (point: string): ('before' | 'after')[] =>
  point === 'webhooks.finishAttempt' ? ['before', 'after'] : ['after'];

export const KILL_POINTS: readonly { readonly point: string; readonly side: 'before' | 'after' }[] = [
  ...Object.entries(STORE_METHODS).flatMap(([store, methods]) =>
    Object.entries(methods)
      .filter(([, kind]) => kind === 'write')
      .map(([method]) => `${store}.${method}`)
      .flatMap((point) => sidesOf(point).map((side) => ({ point, side }))),
  ),
  ...PROVIDER_OPERATIONS.flatMap((operation) => [
    { point: `provider.${operation}`, side: 'before' as const },
    { point: `provider.${operation}`, side: 'after' as const },
  ]),
];

/** The same stores, the probe called around each method that writes. */
export function probedStores(stores: Stores, probe: Probe): Stores {
  const wrapped = Object.entries(STORE_METHODS).map(([store, methods]) => {
    const writes = new Set(
      Object.entries(methods)
        .filter(([, kind]) => kind === 'write')
        .map(([name]) => name),
    );
    return [store, probedMethods(stores[store as keyof typeof STORE_METHODS], writes, `${store}.`, probe)];
  });
  return { ...stores, ...(Object.fromEntries(wrapped) as Partial<Stores>) };
}

function probedMethods<T extends object>(target: T, names: ReadonlySet<string>, prefix: string, probe: Probe): T {
  return new Proxy(target, {
    get(object, name) {
      const member = Reflect.get(object, name, object) as unknown;
      if (typeof member !== 'function') return member;
      const call = member.bind(object) as Call;
      // The same store under a lease: its writes are points like any other's.
      if (name === 'underLease') return (...args: unknown[]) => probedMethods(call(...args) as T, names, prefix, probe);
      return names.has(String(name)) ? around(call, prefix + String(name), probe) : call;
    },
  });
}

function around(call: Call, point: string, probe: Probe): Call {
  return async (...args) => {
    await probe(point, 'before');
    const answer = await call(...args);
    await probe(point, 'after');
    return answer;
  };
}

/** The same provider, the probe called around each of its operations. */
export function probedProvider(definition: ProviderDefinition, probe: Probe): ProviderDefinition {
  return {
    ...definition,
    readSettings: (settings) => definition.readSettings(settings),
    fromSandbox: (account, url) => definition.fromSandbox(account, url),
    connect: (settings, tools) => probedConnection(definition.connect(settings, tools), probe),
  };
}

function probedConnection(provider: PaymentProvider, probe: Probe): PaymentProvider {
  const { payments, refunds, notifications } = provider;
  const wrap = <F>(call: F, operation: (typeof PROVIDER_OPERATIONS)[number]): F =>
    around(call as Call, `provider.${operation}`, probe) as F;
  const prepare = Object.entries(payments.prepare).map(([product, call]) => [product, wrap(call, 'prepare')]);
  const { close } = payments;
  return {
    ...provider,
    payments: {
      ...payments,
      prepare: Object.fromEntries(prepare) as typeof payments.prepare,
      query: wrap((reference: string) => payments.query(reference), 'query'),
      ...(close && { close: wrap((reference: string) => close.call(payments, reference), 'close') }),
    },
    ...(refunds && {
      refunds: {
        ...refunds,
        refund: wrap((request: Parameters<typeof refunds.refund>[0]) => refunds.refund(request), 'refund'),
        query: wrap((request: Parameters<typeof refunds.query>[0]) => refunds.query(request), 'refund_query'),
      },
    }),
    ...(notifications && {
      notifications: {
        parse: wrap((message: Parameters<typeof notifications.parse>[0]) => notifications.parse(message), 'parse'),
        acknowledge: (verdict) => {
          void probe('provider.acknowledge', 'before');
          const answer = notifications.acknowledge(verdict);
          void probe('provider.acknowledge', 'after');
          return answer;
        },
      },
    }),
  };
}
