import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { SandboxClock } from '../frame/sandbox-clock.js';
import type { BillPeriod } from './bill-period.js';

/** What a link still opens, in ms. */
export const LINK_LIFE_MS = 30_000;

export const BILL_PATH = '/downloadBillFile.resource';

/** The statements that are made here, of the six that Alipay knows. */
export const BILL_TYPES = ['trade', 'signcustomer'] as const;

export type BillType = (typeof BILL_TYPES)[number];

/** One statement as its link names it. */
export interface BillName {
  readonly type: BillType;
  /** The merchant's PID with `0156` behind it. */
  readonly acct: string;
  /** `20190916` or `201909`. */
  readonly digits: BillPeriod['digits'];
}

/** Addresses that anybody may open for 30 seconds of the sandbox's clock; nothing is remembered, the token is a MAC. */
export class BillLinks {
  private readonly secret = randomBytes(32);

  constructor(private readonly clock: SandboxClock) {}

  /** @param base of the URL, without a trailing slash */
  issue(base: string, name: BillName): string {
    const timestamp = String(this.clock.now().getTime());
    const file = `${name.acct}_${name.digits}.csv.zip`;
    const query = new URLSearchParams({
      bizType: name.type,
      userId: name.acct,
      fileType: 'csv.zip',
      bizDates: name.digits,
      downloadFileName: file,
      fileId: `/${name.type}/${file}`,
      timestamp,
      token: this.token(name, timestamp),
    });
    return `${base}${BILL_PATH}?${query.toString()}`;
  }

  /** What the link opens now; undefined: not ours, or older than 30 seconds. */
  open(query: URLSearchParams): BillName | undefined {
    const type = BILL_TYPES.find((known) => known === query.get('bizType'));
    const [acct, digits, timestamp] = ['userId', 'bizDates', 'timestamp'].map((name) => query.get(name) ?? '');
    if (type === undefined || acct === undefined || digits === undefined || timestamp === undefined) return undefined;
    const name = { type, acct, digits };
    const age = this.clock.now().getTime() - Number(timestamp);
    const genuine = sameText(query.get('token') ?? '', this.token(name, timestamp));
    return genuine && age <= LINK_LIFE_MS ? name : undefined;
  }

  private token({ type, acct, digits }: BillName, timestamp: string): string {
    return createHmac('sha256', this.secret).update([type, acct, digits, timestamp].join('\n')).digest('hex');
  }
}

function sameText(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
