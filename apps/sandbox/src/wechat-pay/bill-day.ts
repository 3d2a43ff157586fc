import { beijingDate, beijingMidnight } from './beijing-time.js';
import { missing } from './body-rules.js';
import { badQuery, invalidRequest, WechatError } from './wechat-error.js';

const AN_HOUR_MS = 3_600_000;
const A_DAY_MS = 24 * AN_HOUR_MS;

/** Bills of a day are made at ten the next morning (protocol §7: "ready from 09:00 to 10:00"). */
const MADE_AFTER_MS = A_DAY_MS + 10 * AN_HOUR_MS;

const KEPT_MONTHS = 3;

/** A day whose bill may be had; a calendar day in Beijing, in ms since 1970. */
export interface BillDay {
  readonly from: number;
  /** Not in it any more. */
  readonly until: number;
  /** What the bill knows: later changes are in no bill of this day. */
  readonly madeAt: number;
}

/** @throws WechatError for no day, today, one that is too old, and one whose bill is not made yet */
export function billDay(date: string | null, now: Date): BillDay {
  if (!date) throw missing('/query/bill_date', '账单日期');
  const from = beijingMidnight(date);
  if (Number.isNaN(from)) throw badQuery('bill_date', date);
  const today = beijingMidnight(beijingDate(now));
  if (from >= today) throw invalidRequest('账单日期必须早于当天');
  if (from < earliest(now)) throw invalidRequest('账单日期超出可下载的三个月范围');
  const madeAt = from + MADE_AFTER_MS;
  if (now.getTime() < madeAt) throw new WechatError(400, 'STATEMENT_CREATING', '账单生成中，请稍后重试');
  return { from, until: from + A_DAY_MS, madeAt };
}

/** The same day three months ago. */
function earliest(now: Date): number {
  const day = new Date(`${beijingDate(now)}T00:00:00Z`);
  day.setUTCMonth(day.getUTCMonth() - KEPT_MONTHS);
  return beijingMidnight(day.toISOString().slice(0, 10));
}
