import {
  BILL_KINDS,
  OutcomeUnknown,
  ProviderError,
  Rejected,
  type Bill,
  type BillKind,
  type BillLine,
  type BillRequest,
  type Bills,
  type ProviderTools,
} from '@hutong/payment-port';
import { downloadHttp, isCalendarDay, readOnce, type DownloadLimits } from '@hutong/provider-kit';
import type { AlipayClient } from './alipay.client.js';
import { refusal } from './alipay.errors.js';
import { openArchive, type ArchivedFile } from './bill-archive.js';
import { csvRecords } from './bill-csv.js';
import { FUNDS, fundLine, TRADES, tradeLine } from './bill-lines.js';
import { billFileUrl } from './bill-link.js';
import { TradeSummary } from './bill-summary.js';
import { tableRows } from './bill-table.js';
import { BILL, untrustedBill } from './bill-trust.js';
import type { Fields } from './message-fields.js';

export interface BillLimits extends DownloadLimits {
  /** Of the detail file before compression. */
  readonly maxTextBytes: number;
  readonly maxSummaryBytes: number;
  readonly maxRecordLength: number;
}

/** The archive is held packed, so its cap is one of memory; the others only end what would never end. */
const LIMITS: BillLimits = {
  headMs: 8_000,
  waitMs: 300_000,
  maxBytes: 64 * 1_048_576,
  maxTextBytes: 1_024 * 1_048_576,
  maxSummaryBytes: 16 * 1_048_576,
  maxRecordLength: 65_536,
};

/** Their sub_codes where the statement is not there, and no error. "Does not exist" may still come, so it is no empty day. */
const STATES: Readonly<Record<string, Bill>> = {
  BILL_NOT_EXIST: { status: 'not_ready' },
  NO_BILL_DATA: { status: 'empty' },
};

const KINDS = {
  trades: { billType: 'trade', files: '业务明细', shape: TRADES, line: tradeLine },
  funds: { billType: 'signcustomer', files: '账务明细', shape: FUNDS, line: fundLine },
} as const satisfies Record<BillKind, unknown>;

/** One account's line to its statements: files come from beside the gateway, so they need more than the client. */
interface Desk {
  readonly client: AlipayClient;
  readonly tools: ProviderTools;
  readonly gatewayUrl: string;
  readonly limits: BillLimits;
}

/** alipay.data.dataservice.bill.downloadurl.query: 业务账单 (`trade`) and 账务账单 (`signcustomer`) of one day. */
export function alipayBills(
  client: AlipayClient,
  tools: ProviderTools,
  gatewayUrl: string,
  limits: BillLimits = LIMITS,
): Bills {
  const desk = { client, tools, gatewayUrl, limits };
  return { kinds: BILL_KINDS, download: (request) => download(desk, request) };
}

async function download(desk: Desk, request: BillRequest): Promise<Bill> {
  if (!isCalendarDay(request.date)) throw notADay();
  const content = { bill_type: KINDS[request.kind].billType, bill_date: request.date };
  const answer = await desk.client.call(BILL.operation, content, {}, ['10000', '40004']);
  const absent = whyAbsent(answer);
  if (absent !== undefined) return absent;
  if (answer('code') !== '10000') throw refusal(BILL, answer);
  const link = answer('bill_download_url');
  if (link === undefined) throw new OutcomeUnknown("Alipay's answer about a statement has no link.", BILL);
  const url = billFileUrl(link, desk.gatewayUrl);
  return { status: 'ready', lines: readOnce('A statement', () => billLines(desk, request, url)) };
}

/** Their codes come with and without what stands before a point, in either case. */
function whyAbsent(answer: Fields): Bill | undefined {
  if (answer('bill_file_code') === 'EMPTY_DATA_WITH_BILL_FILE') return { status: 'empty' };
  const code = (answer('sub_code') ?? '').replace(/^.*\./, '').toUpperCase();
  return Object.hasOwn(STATES, code) ? STATES[code] : undefined;
}

/** The link is open to whoever has it and lives for 30 seconds: a plain GET, without any word of the account. */
async function* billLines(desk: Desk, request: BillRequest, url: URL): AsyncGenerator<BillLine, void> {
  try {
    const packed = downloadHttp(desk.tools, { url: url.href, headers: { accept: '*/*' } }, BILL, desk.limits);
    yield* linesOf(await openArchive(packed), desk, request);
  } catch (error) {
    throw error instanceof ProviderError ? error : untrustedBill('it cannot be read', error);
  }
}

async function* linesOf(
  files: readonly ArchivedFile[],
  { client, limits }: Desk,
  { date, kind }: BillRequest,
): AsyncGenerator<BillLine, void> {
  const { files: name, shape, line } = KINDS[kind];
  const records = (suffix: string, maxBytes: number) =>
    csvRecords(theOnly(files, suffix).read(maxBytes), limits.maxRecordLength);
  const summary =
    kind === 'trades' ? await TradeSummary.read(records(`${name}(汇总).csv`, limits.maxSummaryBytes)) : undefined;
  const expected = { sellerId: client.sellerId, date };
  for await (const row of tableRows(records(`${name}.csv`, limits.maxTextBytes), shape, expected)) {
    summary?.count(row);
    yield line(row);
  }
  summary?.expectHeld();
}

/** `<account>_<day>_业务明细.csv`, by its end; brackets come in either width. */
function theOnly(files: readonly ArchivedFile[], suffix: string): ArchivedFile {
  const plain = (name: string) => name.replaceAll('（', '(').replaceAll('）', ')');
  const [file, second] = files.filter(({ name }) => plain(name).endsWith(suffix));
  if (file === undefined || second !== undefined) throw untrustedBill(`it contains not exactly one ${suffix}`);
  return file;
}

function notADay(): Rejected {
  return new Rejected('A day is 2026-11-22.', { ...BILL, reason: 'invalid_request', code: 'bill_date' });
}
