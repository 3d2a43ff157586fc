import type { Cell } from './cell.ts';
import { LAWFUL } from './transitions.ts';

/** A promise of RELIABILITY §7 that does not hold, and for which row. */
export interface Violation {
  readonly id: string;
  readonly says: string;
}

interface Rule {
  readonly id: string;
  readonly says: string;
  /** Answers the rows for which it does not hold, as `row`. */
  readonly sql: string;
}

const MOVING = `('starting', 'awaiting_payer', 'unknown', 'superseded')`;
const REVIEWED = `EXISTS (SELECT 1 FROM events e WHERE e.payment_id = a.payment_id AND e.type = 'payment.needs_review')`;

/** What rows have to say at rest. */
export const RULES: readonly Rule[] = [
  {
    id: 'I-03',
    says: 'at most one capture of a payment is accepted',
    sql: `SELECT payment_id AS row FROM captures WHERE accepted GROUP BY 1 HAVING count(*) > 1`,
  },
  {
    id: 'I-03',
    says: 'a payment is paid exactly when a capture is accepted, and names its attempt',
    sql: `SELECT p.id AS row FROM payments p LEFT JOIN captures c ON c.payment_id = p.id AND c.accepted
      WHERE (p.status = 'paid') <> (c.id IS NOT NULL) OR p.paid_with IS DISTINCT FROM c.attempt_id`,
  },
  {
    id: 'I-04',
    says: 'every other capture has one obligation of its whole amount',
    sql: `SELECT c.id AS row FROM captures c WHERE NOT c.accepted AND
      (SELECT count(*) FROM refunds r WHERE r.capture_id = c.id AND r.cause = 'obligation' AND r.amount = c.amount) <> 1`,
  },
  {
    id: 'I-04',
    says: 'an obligation ends succeeded, or with a person who was told',
    sql: `SELECT r.id AS row FROM refunds r WHERE r.cause = 'obligation' AND r.status <> 'succeeded' AND NOT (
      r.status = 'needs_review' AND EXISTS (SELECT 1 FROM events e WHERE e.payment_id = r.payment_id
        AND e.type = 'refund.needs_review' AND e.data->>'refund_id' = r.id))`,
  },
  {
    id: 'I-05',
    says: 'the accepted capture is never given back by rule',
    sql: `SELECT r.id AS row FROM refunds r JOIN captures c ON c.id = r.capture_id WHERE r.cause = 'obligation' AND c.accepted`,
  },
  {
    id: 'I-06',
    says: 'refunds that did not fail stay within what was captured',
    sql: `SELECT c.id AS row FROM captures c JOIN refunds r ON r.capture_id = c.id AND r.status <> 'failed'
      GROUP BY c.id HAVING sum(r.amount) > max(c.amount)`,
  },
  {
    id: 'I-06',
    says: 'and did so at every moment',
    sql: `SELECT id AS row FROM seen_transitions WHERE kind = 'refund_sum'`,
  },
  {
    id: 'I-08',
    says: 'a capture is of its own payment, for its amount, at the account of its attempt',
    sql: `SELECT c.id AS row FROM captures c JOIN payments p ON p.id = c.payment_id JOIN attempts a ON a.id = c.attempt_id
      WHERE a.payment_id <> p.id OR c.amount <> p.amount OR c.currency <> p.currency
        OR a.provider <> c.provider OR a.account_id <> c.account_id OR a.status <> 'paid'`,
  },
  {
    id: 'I-08',
    says: 'what a notification proved names the message that is kept',
    sql: `SELECT c.id AS row FROM captures c LEFT JOIN notifications n ON n.id = c.notification_id AND n.account_id = c.account_id
      WHERE (c.proof = 'notification') <> (n.id IS NOT NULL)`,
  },
  {
    id: 'I-11',
    says: "a payment's events are numbered without a gap",
    sql: `SELECT p.id AS row FROM payments p LEFT JOIN events e ON e.payment_id = p.id GROUP BY p.id
      HAVING count(e.id) <> p.last_sequence OR coalesce(min(e.sequence), 1) <> 1 OR coalesce(max(e.sequence), 0) <> p.last_sequence`,
  },
  ...told('payments', 'payment.paid', `t.status = 'paid'`, 'e.payment_id = t.id'),
  ...told('payments', 'payment.closed', `t.status = 'closed'`, 'e.payment_id = t.id'),
  ...told('payments', 'payment.created', 'true', 'e.payment_id = t.id'),
  ...told('attempts', 'payment.attempt_opened', 'true', `e.data->>'attempt_id' = t.id`),
  ...told('captures', 'payment.overpaid', 'NOT t.accepted', `e.data->>'capture_id' = t.id`),
  ...told('refunds', 'refund.created', `t.cause = 'merchant'`, `e.data->>'refund_id' = t.id`),
  ...told('refunds', 'refund.succeeded', `t.status = 'succeeded'`, `e.data->>'refund_id' = t.id`),
  {
    id: 'I-15',
    says: "a shop's order number stands for one payment, its refund number for one refund",
    sql: `SELECT app || order_no AS row FROM payments GROUP BY 1 HAVING count(*) > 1
      UNION ALL SELECT app || refund_no FROM refunds WHERE refund_no IS NOT NULL GROUP BY 1 HAVING count(*) > 1`,
  },
  {
    id: 'I-18',
    says: 'nothing is left on its way',
    sql: `SELECT 'attempt ' || a.id || ' ' || a.status AS row FROM attempts a
        WHERE a.status IN ${MOVING} AND NOT (a.next_check_at IS NULL AND ${REVIEWED})
      UNION ALL SELECT 'refund ' || id || ' ' || status FROM refunds WHERE status IN ('processing', 'unknown')
      UNION ALL SELECT 'payment ' || id FROM payments WHERE status = 'open'
      UNION ALL SELECT 'event ' || id FROM events WHERE relayed_at IS NULL
      UNION ALL SELECT 'delivery ' || id FROM webhook_deliveries WHERE status = 'pending'`,
  },
  {
    id: 'I-12',
    says: 'every event of an app with an endpoint has its delivery',
    sql: `SELECT e.id AS row FROM events e JOIN webhook_endpoints w ON w.app = e.app AND w.enabled AND w.created_at < e.created_at
      WHERE NOT EXISTS (SELECT 1 FROM webhook_deliveries d WHERE d.event_id = e.id AND d.endpoint_id = w.id)`,
  },
  {
    id: 'I-26',
    says: 'no plan asks for ever',
    sql: `SELECT id AS row FROM attempts WHERE checks > 40 UNION ALL SELECT id FROM refunds WHERE checks > 40`,
  },
];

/** State and event commit together, or neither does: one event of the type exactly where the condition holds. */
function told(table: string, type: string, when: string, about: string): Rule[] {
  const count = `(SELECT count(*) FROM events e WHERE e.type = '${type}' AND ${about})`;
  return [
    {
      id: 'I-11',
      says: `${type} is told once where it happened, and nowhere else`,
      sql: `SELECT t.id AS row FROM ${table} t WHERE ${count} <> CASE WHEN ${when} THEN 1 ELSE 0 END`,
    },
  ];
}

/** Everything that has to hold once a cell is at rest; empty when all of it does. */
export async function violations(cell: Cell): Promise<readonly Violation[]> {
  const found = await Promise.all([
    ...RULES.map((rule) => broken(cell, rule)),
    unlawful(cell),
    money(cell),
    acknowledged(cell),
    delivered(cell),
  ]);
  const replays = [...cell.shops.values()].flatMap((shop) => shop.broken.map((says) => ({ id: 'I-14', says })));
  return [...found.flat(), ...replays];
}

async function broken(cell: Cell, { id, says, sql }: Rule): Promise<Violation[]> {
  return (await cell.rows<{ row: string }>(sql)).map(({ row }) => ({ id, says: `${says}: not ${row}` }));
}

async function unlawful(cell: Cell): Promise<Violation[]> {
  const seen = await cell.rows<{ kind: string; id: string; was: string; became: string }>(
    `SELECT DISTINCT kind, id, was, became FROM seen_transitions WHERE kind <> 'refund_sum'`,
  );
  return seen
    .filter(({ kind, was, became }) => !(LAWFUL[kind]?.[was] ?? []).includes(became))
    .map(({ kind, id, was, became }) => ({ id: 'I-09', says: `${kind} ${id} went from ${was} to ${became}` }));
}

interface Ours {
  readonly reference: string;
  readonly status: string;
  readonly provider: string;
  readonly captured: string;
  readonly refunded: string;
}

export interface BookedTrade {
  readonly provider: string;
  readonly reference: string;
  readonly amount: number;
  readonly refunded: number;
  readonly state: string;
  readonly paid_at: string | null;
  readonly refunds: readonly { readonly reference: string; readonly amount: number; readonly state: string }[];
}

/** Each trade to the fen: what payers paid is captured here, what went back is refunded here, and nobody owns more or less. */
async function money(cell: Cell): Promise<Violation[]> {
  const { body } = await cell.control('GET', '/books');
  const trades = body.trades as BookedTrade[];
  const ours = await cell.rows<Ours>(
    `SELECT a.reference, a.status, a.provider,
       coalesce((SELECT sum(c.amount) FROM captures c WHERE c.attempt_id = a.id), 0) AS captured,
       coalesce((SELECT sum(r.amount) FROM refunds r JOIN captures c ON c.id = r.capture_id
         WHERE c.attempt_id = a.id AND r.status = 'succeeded'), 0) AS refunded
     FROM attempts a WHERE a.provider IS NOT NULL`,
  );
  const refunds = await cell.rows<{ reference: string }>(`SELECT reference FROM refunds`);
  const known = new Map(trades.map((trade) => [trade.reference, trade]));
  const numbers = new Set(refunds.map(({ reference }) => reference));
  return [
    ...ours.flatMap((it) => differences(it, known.get(it.reference))),
    ...strangers(trades, new Set(ours.map(({ reference }) => reference)), numbers),
    ...conserved(body),
  ];
}

function differences(ours: Ours, trade: BookedTrade | undefined): Violation[] {
  const paid = trade === undefined || trade.paid_at === null ? 0 : trade.amount;
  const back = trade?.refunded ?? 0;
  const found: Violation[] = [];
  const about = `${ours.provider} ${ours.reference} (${ours.status} here, ${trade?.state ?? 'unknown'} there)`;
  if (Number(ours.captured) !== paid)
    found.push({ id: 'I-01', says: `${about}: ${ours.captured} fen captured here, ${paid} paid there` });
  if (Number(ours.refunded) !== back)
    found.push({ id: 'I-01', says: `${about}: ${ours.refunded} fen refunded here, ${back} went back there` });
  const payable = trade?.state === 'awaiting_payer' || trade?.state === 'not_opened';
  if (payable && ['failed', 'closed'].includes(ours.status))
    found.push({ id: 'I-10', says: `${about}: given up here while it can still be paid there` });
  return found;
}

function strangers(
  trades: readonly BookedTrade[],
  references: ReadonlySet<string>,
  refunds: ReadonlySet<string>,
): Violation[] {
  const orders = trades.filter(({ reference }) => !references.has(reference));
  const numbers = trades.flatMap((trade) => trade.refunds.filter(({ reference }) => !refunds.has(reference)));
  return [
    ...orders.map(({ reference }) => ({
      id: 'I-07',
      says: `the wallet has an order ${reference} that is nobody's here`,
    })),
    ...numbers.map(({ reference }) => ({
      id: 'I-07',
      says: `the wallet has a refund ${reference} that is nobody's here`,
    })),
  ];
}

/** The wallets' own sums: what payers have less, merchants and fees have more. */
function conserved(books: {
  payers: { balance: number }[];
  totals: { net: number; fee: number }[];
  trades: BookedTrade[];
}): Violation[] {
  const given = 1_000_000;
  const spent = books.payers.reduce((sum, { balance }) => sum + given - balance, 0);
  const kept = books.totals.reduce((sum, { net, fee }) => sum + net + fee, 0);
  return spent === kept ? [] : [{ id: 'I-01', says: `payers gave ${spent} fen, merchants and wallets have ${kept}` }];
}

/** Whatever the wallet was told is taken stands in the inbox. */
async function acknowledged(cell: Cell): Promise<Violation[]> {
  const rows = await cell.rows<{ id: string }>(`SELECT message_id AS id FROM notifications`);
  const kept = new Set(rows.map(({ id }) => id));
  return cell.sandbox.notifier
    .deliveries()
    .filter(({ verdict, body }) => verdict === 'accepted' && !kept.has(messageIdOf(body)))
    .map(({ provider, reference, status }) => ({
      id: 'I-13',
      says: `${provider} ${reference} was answered ${status} and is not in the inbox`,
    }));
}

/** The wallet's own number of the message: the same over its retries. */
function messageIdOf(body: string): string {
  if (!body.startsWith('{')) return new URLSearchParams(body).get('notify_id') ?? '';
  return String((JSON.parse(body) as { id?: unknown }).id);
}

async function delivered(cell: Cell): Promise<Violation[]> {
  const rows = await cell.rows<{ id: string; body: string }>(
    `SELECT e.id, e.body FROM webhook_deliveries d JOIN events e ON e.id = d.event_id WHERE d.status = 'delivered'`,
  );
  const missing = rows.filter(({ id, body }) => cell.receiver.heard.get(id)?.body !== body);
  return [
    ...missing.map(({ id }) => ({
      id: 'I-12',
      says: `event ${id} counts as delivered and was not heard, or not in these bytes`,
    })),
    ...cell.receiver.wrong.map((says) => ({ id: 'I-12', says })),
  ];
}
