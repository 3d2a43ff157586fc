import type { Arrived } from '../frame/arrived.js';
import type { WechatAccount } from './account.js';
import { UnsignedFile } from './answers.js';
import { type BillDay, billDay } from './bill-day.js';
import { fundEvents, tradeEvents } from './bill-events.js';
import { packedBill } from './bill-files.js';
import { type BillTable, billText } from './bill-table.js';
import type { WechatContext } from './context.js';
import { balanceAfter, FUND_ACCOUNTS, fundFlowBill } from './fund-flow-bill.js';
import type { WechatTrade } from './order.js';
import { relatedSubMerchant } from './partnership.js';
import { ofType, TRADE_BILL_TYPES, tradeBill } from './trade-bill.js';
import { badQuery, WechatError } from './wechat-error.js';

type View = Readonly<Record<string, string>>;

export const BILL_DOWNLOAD_PATH = '/v3/billdownload/file';

const CANONICAL_BASE = 'https://api.mch.weixin.qq.com';

/** GET /v3/bill/tradebill: what was paid and refunded on a day (protocol §7). */
export async function tradeBillOf(arrived: Arrived, account: WechatAccount, context: WechatContext): Promise<View> {
  const day = dayOf(arrived, context);
  const type = chosen(arrived, 'bill_type', TRADE_BILL_TYPES);
  const gzip = asksForGzip(arrived);
  const trades = ofSubMerchant(tradesOf(account, context), subMerchantOf(arrived, account));
  const events = ofType(tradeEvents(trades, day), type);
  if (events.length === 0) throw noStatement();
  return offered(tradeBill(events, type, day), gzip, account, context);
}

/** GET /v3/bill/fundflowbill: what came to and went from the merchant's account on a day (protocol §7). */
export async function fundFlowBillOf(arrived: Arrived, account: WechatAccount, context: WechatContext): Promise<View> {
  const day = dayOf(arrived, context);
  const fund = chosen(arrived, 'account_type', FUND_ACCOUNTS);
  const gzip = asksForGzip(arrived);
  const trades = tradesOf(account, context);
  const events = fund === 'BASIC' ? fundEvents(trades, day) : [];
  if (events.length === 0) throw noStatement();
  const opening = balanceAfter(fundEvents(trades, { from: 0, until: day.from }));
  return offered(fundFlowBill(events, opening), gzip, account, context);
}

/** GET …/billdownload/file?token=: the file itself, the one answer without a signature (protocol §2.1, §7). */
export async function downloadBill(
  arrived: Arrived,
  account: WechatAccount,
  { billFiles }: WechatContext,
): Promise<UnsignedFile> {
  const { bytes, gzip } = await billFiles.take(arrived.query.get('token') ?? '', account.name);
  return new UnsignedFile(bytes, gzip ? 'application/gzip' : 'text/plain; charset=utf-8');
}

async function offered(
  table: BillTable,
  gzip: boolean,
  account: WechatAccount,
  { billFiles, frame }: WechatContext,
): Promise<View> {
  const file = await packedBill(billText(table));
  const token = billFiles.offer(account.name, file, gzip);
  const base = account.bill_host === 'canonical' ? CANONICAL_BASE : frame.publicUrl();
  return {
    hash_type: 'SHA1',
    hash_value: file.sha1,
    download_url: `${base}${BILL_DOWNLOAD_PATH}?token=${token}${gzip ? '&tartype=gzip' : ''}`,
  };
}

const dayOf = ({ query }: Arrived, { frame }: WechatContext): BillDay =>
  billDay(query.get('bill_date'), frame.clock.now());

const tradesOf = (account: WechatAccount, { book }: WechatContext): readonly WechatTrade[] =>
  book.all().filter((trade) => trade.account === account.name);

/** The first of `known` when the request names none. @throws WechatError */
function chosen<T extends string>({ query }: Arrived, name: string, known: readonly [T, ...T[]]): T {
  const value = query.get(name) ?? known[0];
  const found = known.find((one) => one === value);
  if (found === undefined) throw badQuery(name, value);
  return found;
}

const asksForGzip = (arrived: Arrived): boolean => {
  const asked = arrived.query.get('tar_type');
  if (asked !== null && asked !== 'GZIP') throw badQuery('tar_type', asked);
  return asked === 'GZIP';
};

/** The one that a bill is asked for; without one it is for all. Only partners have any. @throws WechatError */
function subMerchantOf({ query }: Arrived, account: WechatAccount): string | undefined {
  const sub = query.get('sub_mchid');
  if (sub === null) return undefined;
  if (!/^\d{1,12}$/.test(sub)) throw badQuery('sub_mchid', sub);
  return relatedSubMerchant(sub, account, '/query/sub_mchid').sub_mchid;
}

const ofSubMerchant = (trades: readonly WechatTrade[], mchid: string | undefined): readonly WechatTrade[] =>
  mchid === undefined ? trades : trades.filter(({ wire }) => wire.sub?.mchid === mchid);

const noStatement = (): WechatError => new WechatError(400, 'NO_STATEMENT_EXIST', '账单文件不存在');
