import { createHash } from 'node:crypto';
import {
  BILL_KINDS,
  OutcomeUnknown,
  ProviderError,
  Rejected,
  UntrustedMessage,
  type Bill,
  type BillLine,
  type BillRequest,
  type ProviderDefinition,
  type ProviderTools,
} from '@hutong/payment-port';
import type { BillFacts, ContractHarness } from '@hutong/provider-contract';
import { downloadHttp, isCalendarDay, readOnce, sendHttp } from '@hutong/provider-kit';

const ORIGIN = 'https://wallet.example.com';
const AT = { provider: 'wallet', operation: 'bill' } as const;
const LIMITS = { headMs: 1_000, waitMs: 1_000, maxBytes: 1_048_576 };

/** What a careful reader of statements looks at; a mutant leaves one of these out. */
export type Care = Record<
  'day' | 'absence' | 'host' | 'once' | 'hash' | 'sums' | 'date' | 'end' | 'reach' | 'cap' | 'zone',
  boolean
>;

/** A wallet whose wire has statements: one JSON line each, the last one closing, their SHA-256 with the link. */
export function withBills(wallet: ProviderDefinition, without?: keyof Care): ProviderDefinition {
  const cares = (care: keyof Care) => care !== without;
  return {
    ...wallet,
    connect: (settings, tools) => ({
      ...wallet.connect(settings, tools),
      bills: { kinds: BILL_KINDS, download: (request) => download(tools, request, cares) },
    }),
  };
}

type Cares = (care: keyof Care) => boolean;

interface Link {
  readonly status: Bill['status'];
  readonly url: string;
  readonly sha256: string;
}

async function download(tools: ProviderTools, request: BillRequest, cares: Cares): Promise<Bill> {
  if (cares('day') && !isCalendarDay(request.date)) {
    throw new Rejected('No day.', { ...AT, reason: 'invalid_request', code: 'date' });
  }
  const url = `${ORIGIN}/bills?kind=${request.kind}&date=${encodeURIComponent(request.date)}`;
  const { body } = await sendHttp(tools, { method: 'GET', url, headers: {} }, AT);
  const link = JSON.parse(body.toString()) as Link;
  if (link.status !== 'ready') {
    if (cares('absence')) return { status: link.status };
    throw new OutcomeUnknown('There is none.', AT);
  }
  if (cares('host') && new URL(link.url).origin !== ORIGIN) throw untrusted('It lies elsewhere.');
  const open = () => linesOf(tools, request, link, cares);
  return { status: 'ready', lines: cares('once') ? readOnce('A statement', open) : { [Symbol.asyncIterator]: open } };
}

async function* linesOf(tools: ProviderTools, request: BillRequest, link: Link, cares: Cares) {
  try {
    const text = await fileText(tools, link, cares);
    if (cares('hash') && sha256(text) !== link.sha256) throw untrusted('Its hash does not hold.');
    const records = text.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    const closing = records.at(-1) ?? {};
    const lines = records.slice(0, -1).map((record) => readLine(record, cares));
    yield* lines;
    if (cares('date') && closing['date'] !== request.date) throw untrusted('It is of another day.');
    if (cares('sums') && closing['sum'] !== sumOf(lines)) throw untrusted('Its sum does not hold.');
  } catch (error) {
    if (!cares('end')) return;
    if (!cares('reach') && error instanceof ProviderError) throw new OutcomeUnknown('No file.', AT);
    throw error instanceof ProviderError ? error : untrusted('It cannot be read.');
  }
}

async function fileText(tools: ProviderTools, { url }: Link, cares: Cares): Promise<string> {
  const limits = cares('cap') ? LIMITS : { ...LIMITS, maxBytes: Number.MAX_SAFE_INTEGER };
  const chunks: Uint8Array[] = [];
  for await (const chunk of downloadHttp(tools, { url, headers: {} }, AT, limits)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function readLine(record: Record<string, unknown>, cares: Cares): BillLine {
  const at = new Date(Date.parse(String(record['at'])) + (cares('zone') ? 0 : 8 * 3_600_000));
  return { ...record, at } as unknown as BillLine;
}

/** The wallet's harness, with the other side of these statements. */
export function billHarness(harness: ContractHarness): ContractHarness {
  return {
    ...harness,
    wire: (account, clock) => {
      const wire = harness.wire(account, clock);
      return {
        ...wire,
        answer(call, truth, forgery) {
          if (truth.is === 'bill_empty') return { status: 200, body: '{"status":"empty"}' };
          if (truth.is === 'bill_not_ready') return { status: 200, body: '{"status":"not_ready"}' };
          if (truth.is !== 'billed') return wire.answer(call, truth, forgery);
          return {
            status: 200,
            body: call.url.startsWith(`${ORIGIN}/bills?`) ? linkTo(truth.bill) : statement(truth.bill),
          };
        },
      };
    },
  };
}

function linkTo(bill: BillFacts): string {
  const url = `${bill.flaw === 'elsewhere' ? 'https://elsewhere.example.com' : ORIGIN}/files/1`;
  return JSON.stringify({ status: 'ready', url, sha256: sha256(statement(bill)) });
}

function statement({ date, lines, flaw }: BillFacts): string {
  const closing = { date: flaw === 'other_day' ? '2026-11-21' : date, sum: sumOf(lines) + (flaw === 'sums' ? 1 : 0) };
  return [...(flaw === 'missing_row' ? lines.slice(0, -1) : lines), closing]
    .map((line) => JSON.stringify(line))
    .join('\n');
}

function sumOf(lines: readonly BillLine[]): number {
  return lines.reduce((sum, { amount }) => sum + amount.amount, 0);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function untrusted(why: string): UntrustedMessage {
  return new UntrustedMessage(why, AT);
}
