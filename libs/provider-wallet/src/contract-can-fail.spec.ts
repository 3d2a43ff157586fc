import { Rejected, type PaymentProvider, type ProviderDefinition, type ProviderTools } from '@hutong/payment-port';
import { checkPromise, expectHonestWaivers, rules, type RuleId } from '@hutong/provider-contract';
import { describe, expect, it } from 'vitest';
import { wallet } from './index.js';
import { billHarness, withBills, type Care } from './testing/wallet-with-bills.js';
import { IDENTITY_CARES, identityHarness, withIdentity, type IdentityCare } from './testing/wallet-with-identity.js';
import { walletHarness } from './wallet.contract.harness.js';

const good = wallet({ method: 'duoduo_wallet', title: { 'zh-CN': '多多钱包', en: 'Duoduo Wallet' } });

/** The wallet with one thing done wrong. */
function broken(
  change: (provider: PaymentProvider, tools: ProviderTools) => Partial<PaymentProvider>,
): ProviderDefinition {
  return {
    ...good,
    connect: (settings, tools) => {
      const provider = good.connect(settings, tools);
      return { ...provider, ...change(provider, tools) };
    },
  };
}

const noPayments = (provider: PaymentProvider, payments: Partial<PaymentProvider['payments']>) => ({
  payments: { ...provider.payments, ...payments },
});

/** Remembers the first account for everybody who comes after it. */
function connectingOnce(): ProviderDefinition['connect'] {
  let first: PaymentProvider | undefined;
  return (settings, tools) => {
    first ??= good.connect(settings, tools);
    return { ...first, payee: good.connect(settings, tools).payee };
  };
}

const failed = new Rejected('no', { provider: 'wallet', operation: 'query', reason: 'unavailable', code: 'X' });

const MUTANTS: readonly (readonly [promise: RuleId, how: string, provider: ProviderDefinition])[] = [
  [
    'settings.unknown_field',
    'takes anything',
    { ...good, readSettings: (settings) => settings as Record<string, unknown> },
  ],
  ['settings.secrets_declared', 'declares no secret', { ...good, secretFields: [] }],
  [
    'methods.served',
    'offers a code that it cannot prepare',
    { ...good, methods: good.methods.map((method) => ({ ...method, scenes: { in_store: 'qr_code' as const } })) },
  ],
  [
    'prepare.expiry',
    'lets the page live for ever',
    broken((provider) => {
      const page = provider.payments.prepare.mobile_page;
      const mobile_page = async (request: Parameters<NonNullable<typeof page>>[0]) => {
        if (page === undefined) throw new Error('The wallet has a page.');
        return { ...(await page(request)), expiresAt: new Date('2099-01-01') };
      };
      return noPayments(provider, { prepare: { ...provider.payments.prepare, mobile_page } });
    }),
  ],
  [
    'wire.lost',
    'says that a lost query failed',
    broken((provider) => noPayments(provider, { query: () => Promise.reject(failed) })),
  ],
  [
    'wire.lost',
    'sends a lost query again',
    broken((provider) =>
      noPayments(provider, { query: (ref) => provider.payments.query(ref).catch(() => provider.payments.query(ref)) }),
    ),
  ],
  [
    'wire.forged',
    'reads what it cannot verify',
    broken((provider) =>
      noPayments(provider, {
        query: (ref) => provider.payments.query(ref).catch(() => ({ state: 'closed' as const })),
      }),
    ),
  ],
  [
    'query.unlisted',
    'calls what it does not know failed',
    broken((provider) =>
      noPayments(provider, {
        query: (ref) => provider.payments.query(ref).catch(() => ({ state: 'failed' as const, code: 'X' })),
      }),
    ),
  ],
  [
    'query.other_reference',
    'believes an answer about another order',
    broken((provider) => noPayments(provider, { query: () => provider.payments.query('contract_payment_02') })),
  ],
  ['query.paid', 'names another payee', broken(() => ({ payee: 'somebody' }))],
  [
    'close.paid',
    'closes what is paid',
    broken((provider) => noPayments(provider, { close: async () => 'closed' as const })),
  ],
  [
    'notification.forged',
    'believes everything',
    broken(() => ({
      notifications: {
        parse: async () => ({ subject: 'other' as const, id: '1', kind: 'x' }),
        acknowledge: () => ({ status: 204, contentType: 'text/plain', body: '' }),
      },
    })),
  ],
  [
    'notification.acknowledged',
    'thanks for what it did not store',
    broken(({ notifications }) =>
      notifications === undefined
        ? {}
        : { notifications: { ...notifications, acknowledge: () => notifications.acknowledge('accepted') } },
    ),
  ],
  [
    'conduct.nothing_from_the_air',
    'signs with a clock of its own',
    { ...good, connect: (settings, tools) => good.connect(settings, { ...tools, clock: { now: () => new Date() } }) },
  ],
  [
    'refund.other_reference',
    'believes what is said about another refund',
    broken(({ refunds }) =>
      refunds === undefined ? {} : { refunds: { ...refunds, query: async () => ({ state: 'not_found' as const }) } },
    ),
  ],
  ['conduct.accounts_apart', 'connects every account to the first one', { ...good, connect: connectingOnce() }],
  [
    'conduct.secrets_kept',
    'explains itself with its secret',
    {
      ...good,
      connect: (settings, tools) => {
        const provider = good.connect(settings, tools);
        const telling = (cause: unknown) => Promise.reject(new Error(JSON.stringify(settings), { cause }));
        return {
          ...provider,
          ...noPayments(provider, { query: (ref) => provider.payments.query(ref).catch(telling) }),
        };
      },
    },
  ],
  [
    'conduct.silent',
    'logs',
    broken((provider) =>
      noPayments(provider, {
        query: (ref) => {
          process.stdout.write('');
          return provider.payments.query(ref);
        },
      }),
    ),
  ],
];

/** Each care of a reader of statements, and the promise that misses it. */
const CARELESS = {
  zone: ['bill.lines', 'reads its times in another zone'],
  absence: ['bill.absent', 'fails on a day without a statement'],
  once: ['bill.lazy', 'fetches a file again for whoever reads it again'],
  hash: ['bill.altered', 'does not look at the hash'],
  end: ['bill.cut', 'takes what came for the whole'],
  reach: ['bill.lost', 'calls every file that is not there unknown'],
  cap: ['bill.capped', 'reads without end'],
  sums: ['bill.sums', 'does not add up'],
  date: ['bill.other_day', 'takes the statement of any day'],
  host: ['bill.elsewhere', 'fetches from anybody'],
  day: ['bill.a_day', 'asks for any text as a day'],
} as const satisfies Record<keyof Care, readonly [RuleId, string]>;

describe('the contract can fail on statements', () => {
  const harness = billHarness(walletHarness);

  it.each(Object.entries(CARELESS))('without its care for %s: %j', async (care, [promise]) => {
    await checkPromise(promise, withBills(good), harness);
    await expect(checkPromise(promise, withBills(good, care as keyof Care), harness)).rejects.toBeInstanceOf(Error);
  });

  it('and every promise about statements has its careless reader', () => {
    const promised = rules.filter(({ about }) => about === 'bills').map(({ id }) => id);
    expect(
      Object.values(CARELESS)
        .map(([id]) => id)
        .toSorted(),
    ).toEqual(promised.toSorted());
  });
});

/** Each care of whoever tells who the payer is, and the promise that misses it. */
const CARELESS_OF_PAYERS = {
  way_back: ['identity.sign_in', 'drops the path of the way back'],
  state: ['identity.state', 'carries any state'],
  payer: ['identity.payer', 'changes the id'],
  secret: ['identity.refused', 'calls its own bad secret a bad code'],
  reach: ['identity.unreached', 'calls whatever was not reached unknown'],
  status: ['identity.unknown', 'reads an error page'],
  words: ['identity.secrets_kept', 'repeats the code'],
} as const satisfies Record<IdentityCare, readonly [RuleId, string]>;

describe("the contract can fail on the payer's identity", () => {
  const harness = identityHarness(walletHarness);

  it.each(IDENTITY_CARES)('without its care for %s', async (care) => {
    const [promise] = CARELESS_OF_PAYERS[care];
    await checkPromise(promise, withIdentity(good), harness);
    await expect(checkPromise(promise, withIdentity(good, care), harness)).rejects.toBeInstanceOf(Error);
  });

  it('and every promise about it has its careless teller', () => {
    const promised = rules.filter(({ about }) => about === 'identity').map(({ id }) => id);
    expect(
      Object.values(CARELESS_OF_PAYERS)
        .map(([id]) => id)
        .toSorted(),
    ).toEqual(promised.toSorted());
  });
});

describe('the contract can fail', () => {
  it.each(MUTANTS)('%s catches a provider that %s', async (promise, _how, provider) => {
    await checkPromise(promise, good, walletHarness);
    await expect(checkPromise(promise, provider, walletHarness)).rejects.toBeInstanceOf(Error);
  });

  it('has at least twelve promises, each with an id of its own and a sentence', () => {
    expect(rules.length).toBeGreaterThanOrEqual(12);
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    for (const { promise } of rules) expect(promise.split(' ').length).toBeGreaterThan(3);
  });

  it('accepts no waiver of a promise that does not exist, and none without a reason', () => {
    expect(() => expectHonestWaivers({ 'query.paid': 'this wire has no query' })).not.toThrow();
    expect(() => expectHonestWaivers({ 'query.piad': 'this wire has no query' })).toThrow(/query\.piad/);
    expect(() => expectHonestWaivers({ 'query.paid': ' ' })).toThrow(/reason/);
  });
});
