import type { AccountShelf } from '../frame/accounts.js';
import type { Arrived } from '../frame/arrived.js';
import type { Answer, ExchangePlan } from '../frame/exchanges.js';
import type { FaultOperation } from '../frame/fault-rule.js';
import type { WalletAccount } from './account.js';
import { Fields } from './fields.js';
import type { Notices } from './notices.js';
import type { Orders } from './orders.js';
import { findRefund, refundOrder } from './refunds.js';
import { signedHeaders } from './signed-headers.js';
import { verifyRequest } from './verify-request.js';
import { orderView, refundView } from './views.js';
import { WalletError } from './wallet-error.js';

type Reply = readonly [status: number, body: Readonly<Record<string, unknown>>];
type Act = (account: WalletAccount, arrived: Arrived) => Reply;

export interface MerchantApiParts {
  readonly accounts: AccountShelf<WalletAccount>;
  readonly orders: Orders;
  readonly notices: Notices;
  readonly publicUrl: () => string;
}

/** The five calls of `/wallet/v1`, each verified, judged and signed the same way. */
export function merchantApi(
  parts: MerchantApiParts,
): readonly { method: 'GET' | 'POST'; url: string; plan: ExchangePlan }[] {
  const { orders, notices, publicUrl } = parts;
  const view = (trade: ReturnType<Orders['find']>) => orderView(trade, publicUrl());
  const named = (account: WalletAccount, { params }: Arrived) => orders.find(account, params['reference'] ?? '');

  const create: Act = (account, { body }) => {
    const { trade, created } = orders.create(account, Fields.parse(body));
    return [created ? 201 : 200, view(trade)];
  };
  const get: Act = (account, arrived) => [200, view(named(account, arrived))];
  const close: Act = (account, { params, body }) => {
    Fields.parse(body).only();
    return [200, view(orders.close(account, params['reference'] ?? ''))];
  };
  const refund: Act = (account, arrived) => {
    const trade = named(account, arrived);
    const done = refundOrder(orders.book, trade, Fields.parse(arrived.body));
    const shown = refundView(trade, done.refund);
    if (done.moved) notices.send(trade, 'refund.succeeded', shown);
    return [200, shown];
  };
  const getRefund: Act = (account, arrived) => {
    const trade = named(account, arrived);
    return [200, refundView(trade, findRefund(trade, arrived.params['refund_reference'] ?? ''))];
  };

  const route = (method: 'GET' | 'POST', path: string, operation: FaultOperation, act: Act) => ({
    method,
    url: `/wallet/v1/orders${path}`,
    plan: planOf(operation, act, parts.accounts),
  });
  return [
    route('POST', '', 'order', create),
    route('GET', '/:reference', 'query', get),
    route('POST', '/:reference/close', 'close', close),
    route('POST', '/:reference/refunds', 'refund', refund),
    route('GET', '/:reference/refunds/:refund_reference', 'refund_query', getRefund),
  ];
}

function planOf(operation: FaultOperation, act: Act, accounts: AccountShelf<WalletAccount>): ExchangePlan {
  return {
    provider: 'wallet',
    operation,
    references: namedNumbers,
    answer: (arrived) => judge(arrived, act, accounts),
    error: (arrived, { status = 503, code = 'unavailable' }) => {
      const account = accounts.find((one) => one.merchant_id === arrived.header('Wallet-Merchant'));
      return jsonAnswer(arrived, [status, { code, message: 'Injected by a fault rule.' }], account);
    },
  };
}

function judge(arrived: Arrived, act: Act, accounts: AccountShelf<WalletAccount>): Answer {
  let account: WalletAccount | undefined;
  try {
    account = verifyRequest(arrived, accounts);
    return jsonAnswer(arrived, act(account, arrived), account);
  } catch (cause) {
    if (!(cause instanceof WalletError)) throw cause;
    arrived.notes.reason = cause.message;
    return jsonAnswer(arrived, [cause.status, { code: cause.code, message: cause.message }], account);
  }
}

/** Signed for whoever proved to be a merchant, whatever the status; a stranger's 401 is not. */
function jsonAnswer(arrived: Arrived, [status, content]: Reply, account: WalletAccount | undefined): Answer {
  const body = JSON.stringify(content);
  const answer: Answer = { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body };
  if (account === undefined) return answer;
  const nonce = arrived.header('Wallet-Nonce') ?? '';
  const { secret } = account;
  return {
    ...answer,
    sign: (unsigned, tamperings) => {
      const signed = signedHeaders({ secret, nonce, first: [String(status)], body: unsigned.body }, tamperings);
      return { ...unsigned, headers: { ...unsigned.headers, ...signed } };
    },
  };
}

/** Nothing is verified yet: whatever is unreadable has no numbers. */
function namedNumbers({ body, params }: Arrived): readonly string[] {
  const inPath = [params['reference'], params['refund_reference']];
  return [...inPath, ...numbersIn(body)].filter((value): value is string => typeof value === 'string');
}

function numbersIn(body: Buffer): readonly unknown[] {
  try {
    const fields = JSON.parse(body.toString('utf8')) as Record<string, unknown> | null;
    return [fields?.['reference'], fields?.['refund_reference']];
  } catch {
    return [];
  }
}
