import {
  BILL_KINDS,
  ProviderError,
  type Bill,
  type BillKind,
  type BillLine,
  type BillRequest,
  type Bills,
} from '@hutong/payment-port';
import { downloadHttp, isCalendarDay, readOnce, type DownloadLimits } from '@hutong/provider-kit';
import { billRecords, type BillFileLimits } from './bill-file.js';
import { FUNDS, fundLine, TRADES, tradeLine } from './bill-lines.js';
import { readBillLink, type BillLink } from './bill-link.js';
import { tableRows } from './bill-table.js';
import { BILL, untrustedBill } from './bill-trust.js';
import type { WechatPayClient } from './wechat-pay.client.js';
import { genuineError, refusedHere, unknownOutcome } from './wechat-pay.errors.js';

export type BillLimits = BillFileLimits & DownloadLimits;

/** Nothing of a file is held, so these only end what would never end. About seven million lines fit. */
const LIMITS: BillLimits = {
  headMs: 8_000,
  waitMs: 300_000,
  maxBytes: 512 * 1_048_576,
  maxTextBytes: 2_048 * 1_048_576,
  maxRecordLength: 65_536,
};

/** Rows may be an hour outside the day that was asked for: clocks at its edges. A row of another day is not. */
const EDGE_MS = 3_600_000;

/** Their words where the statement is not there, and no error. */
const STATES: Readonly<Record<string, Bill>> = {
  STATEMENT_CREATING: { status: 'not_ready' },
  NO_STATEMENT_EXIST: { status: 'empty' },
};

const KINDS = {
  trades: { path: '/v3/bill/tradebill', query: 'bill_type=ALL', shape: TRADES, line: tradeLine },
  funds: { path: '/v3/bill/fundflowbill', query: 'account_type=BASIC', shape: FUNDS, line: fundLine },
} as const satisfies Record<BillKind, unknown>;

/** `GET /v3/bill/tradebill` and `/v3/bill/fundflowbill`: pay.weixin.qq.com/docs/partner/apis/partner-h5-payment/download-bill.html. */
export function wechatBills(client: WechatPayClient, limits: BillLimits = LIMITS): Bills {
  return { kinds: BILL_KINDS, download: (request) => download(client, request, limits) };
}

async function download(client: WechatPayClient, request: BillRequest, limits: BillLimits): Promise<Bill> {
  if (!isCalendarDay(request.date)) throw refusedHere(BILL, 'invalid_request', 'BILL_DATE', 'A day is 2026-11-22.');
  const { path, query } = KINDS[request.kind];
  const asked = `${path}?bill_date=${request.date}&${query}&tar_type=GZIP`;
  const { content, error } = await client.exchange({ operation: BILL, method: 'GET', path: asked });
  const state = Object.hasOwn(STATES, error?.code ?? '') ? STATES[error?.code ?? ''] : undefined;
  if (state !== undefined) return state;
  if (error !== undefined) throw genuineError(error);
  if (content === undefined) throw unknownOutcome(BILL, 'the answer is empty');
  const link = readBillLink(BILL, content, client.merchant.origins);
  return { status: 'ready', lines: readOnce('A statement', () => billLines(client, request, link, limits)) };
}

async function* billLines(
  client: WechatPayClient,
  { date, kind }: BillRequest,
  link: BillLink,
  limits: BillLimits,
): AsyncGenerator<BillLine, void> {
  const { shape, line } = KINDS[kind];
  try {
    const file = downloadHttp(
      client.tools,
      await client.fileRequest(link.url),
      { provider: 'wechat_pay', operation: BILL },
      limits,
    );
    for await (const row of tableRows(billRecords(file, link.sha1, limits), shape)) {
      yield ofDay(line(row, client.merchant.mchid), date);
    }
  } catch (error) {
    throw error instanceof ProviderError ? error : untrustedBill('it cannot be read', error);
  }
}

/** No signature binds a link to its question: what the statement says of itself does. */
function ofDay(line: BillLine, date: string): BillLine {
  const sinceMidnight = line.at.getTime() - Date.parse(`${date}T00:00:00+08:00`);
  const isInside = sinceMidnight >= -EDGE_MS && sinceMidnight < 24 * 3_600_000 + EDGE_MS;
  if (!isInside) throw untrustedBill('a row is of another day');
  return line;
}
