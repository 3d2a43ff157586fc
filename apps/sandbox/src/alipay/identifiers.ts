import { createHash, randomBytes, randomInt } from 'node:crypto';
import { beijingDay } from './beijing-time.js';

const digits = (count: number): string => Array.from({ length: count }, () => randomInt(10)).join('');

/** 16 digits; apps registered in this decade begin with 2021. */
export const newAppId = (): string => `2021${digits(12)}`;

/** A merchant's PID: 16 digits beginning with 2088. */
export const newSellerId = (): string => `2088${digits(12)}`;

/**
 * 28 digits beginning with the day of creation in GMT+8. Joined, not added: every trade keeps one, and a joined string is
 * half the size of one that remembers its parts.
 */
export const newTradeNo = (now: Date): string =>
  [beijingDay(now.getTime()).replaceAll('-', ''), '22001', digits(15)].join('');

const QR_CODE = /^https:\/\/qr\.alipay\.com\/[0-9a-z]+$/i;

export const newQrCode = (): string => `https://qr.alipay.com/bax${randomBytes(9).toString('hex')}`;

export const isQrCode = (content: string): boolean => QR_CODE.test(content);

export const newNotifyId = (now: Date): string =>
  `${beijingDay(now.getTime()).replaceAll('-', '')}${randomBytes(13).toString('hex')}`;

export const newTraceId = (): string => randomBytes(16).toString('hex');

/** A 2088… id stands for itself; any other name or open id always means the same user. */
export function userIdOf(name: string): string {
  if (/^2088\d{12}$/.test(name)) return name;
  const hash = createHash('sha256').update(name).digest().readBigUInt64BE();
  return `2088${String(hash % 1_000_000_000_000n).padStart(12, '0')}`;
}

/** What merchants see of a login: `159****5620`. */
export const maskedLogon = (userId: string): string => `1${userId.slice(4, 6)}****${userId.slice(-4)}`;
