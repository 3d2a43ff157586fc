import type { AccountShelf } from '../frame/accounts.js';
import type { SandboxClock } from '../frame/sandbox-clock.js';
import type { AlipayAccount } from './account.js';
import { billArchive, type BillFile } from './bill-archive.js';
import { type BillEntries, billEntries } from './bill-entries.js';
import { billRefusal } from './bill-errors.js';
import { BILL_TYPES, type BillLinks, type BillName, type BillType } from './bill-links.js';
import { beyondArchive, type BillPeriod, parseBillDate, parseBillDigits } from './bill-period.js';
import type { BizContent } from './biz-content.js';
import { fundDetail, fundSummary } from './fund-bill.js';
import type { Call } from './methods.js';
import type { AlipayBook } from './order-desk.js';
import type { TradeAnswer } from './trade-answers.js';
import { type BillSource, tradeDetail, tradeSummary } from './trade-bill.js';

/** Known to Alipay, not made here: they need products that this sandbox does not have. */
const OTHER_TYPES = ['merchant_act', 'trade_zft_merchant', 'zft_acc', 'settlementMerge'];

/** Where links to statements point; `secure` is undefined where nothing answers TLS. */
export interface BillHosts {
  readonly plain: string;
  readonly secure: string | undefined;
}

/** alipay.data.dataservice.bill.downloadurl.query and the files behind its links (§9). */
export class Bills {
  constructor(
    private readonly book: AlipayBook,
    private readonly accounts: AccountShelf<AlipayAccount>,
    private readonly links: BillLinks,
    private readonly clock: SandboxClock,
    private readonly hosts: () => BillHosts,
  ) {}

  /** @throws GatewayRefusal */
  find({ account, biz }: Call): TradeAnswer {
    const type = readType(biz.text('bill_type', 32));
    const period = this.readPeriod(biz.text('bill_date', 15));
    const { plain, secure } = this.hosts();
    const base = wantsTls(biz) ? (secure ?? plain) : plain;
    return {
      bill_download_url: this.links.issue(base, { type, acct: acctOf(account), digits: period.digits }),
      bill_file_code: this.entries(account, period).within.length === 0 ? 'EMPTY_DATA_WITH_BILL_FILE' : undefined,
    };
  }

  /** The archive that a link names; undefined when its merchant is gone. */
  async file({ type, acct, digits }: BillName): Promise<Buffer | undefined> {
    const account = this.accounts.find((one) => acctOf(one) === acct);
    const period = parseBillDigits(digits);
    if (account === undefined || period === undefined) return undefined;
    const { within: entries, opening } = this.entries(account, period);
    return billArchive(FILES[type]({ acct, period, entries, opening, exportedAt: this.clock.now().getTime() }));
  }

  private entries(account: AlipayAccount, period: BillPeriod): BillEntries {
    return billEntries(this.book.all(), account.name, period);
  }

  /** Today is a wrong argument; yesterday before nine, and what is older than six years, are not there. */
  private readPeriod(text: string | undefined): BillPeriod {
    const period = text === undefined ? undefined : parseBillDate(text);
    const now = this.clock.now();
    if (period === undefined) throw billRefusal('INVAILID_ARGUMENTS', 'bill_date');
    if (period.end > now.getTime()) throw billRefusal('INVAILID_ARGUMENTS', 'bill_date');
    if (period.readyAt > now.getTime() || beyondArchive(period, now)) throw billRefusal('BILL_NOT_EXIST');
    return period;
  }
}

const FILES: Readonly<Record<BillType, (source: BillSource) => readonly BillFile[]>> = {
  trade: (source) => [
    { name: fileName(source, '业务明细'), lines: tradeDetail(source) },
    { name: fileName(source, '业务明细(汇总)'), lines: tradeSummary(source) },
  ],
  signcustomer: (source) => [
    { name: fileName(source, '账务明细'), lines: fundDetail(source) },
    { name: fileName(source, '账务明细(汇总)'), lines: fundSummary(source) },
  ],
};

const fileName = ({ acct, period }: BillSource, title: string): string => `${acct}_${period.digits}_${title}.csv`;

const acctOf = ({ seller_id: pid }: AlipayAccount): string => `${pid}0156`;

function readType(text: string | undefined): BillType {
  const type = BILL_TYPES.find((known) => known === text);
  if (type !== undefined) return type;
  throw billRefusal(OTHER_TYPES.includes(text ?? '') ? 'TYPE_NOT_SUPPORTED' : 'INVAILID_ARGUMENTS', 'bill_type');
}

const wantsTls = (biz: BizContent): boolean => biz.flag('secure');
