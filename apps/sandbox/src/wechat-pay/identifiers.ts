import { createHash, randomInt } from 'node:crypto';
import { randomHex } from '../frame/random-hex.js';
import { beijingDay, beijingDigits } from './beijing-time.js';

/*
 * Ids in the shapes of the documentation's samples (wechatpay v3 protocol §3.3). Clients must not parse them; some do
 * check lengths.
 */

/** One string in memory: a template of this length stays a tree of its parts, and orders are kept. */
const joined = (...parts: readonly string[]): string => parts.join('');

/** `wx` + 14 digits of time + 20 more, 36 characters. */
export const prepayIdAt = (now: Date): string => joined('wx', beijingDigits(now), randomHex(10));

/** 28 digits: 4200 + 6 + day + 10. */
export const transactionIdAt = (now: Date): string => joined('4200', digits(6), beijingDay(now), digits(10));

/** 29 digits. */
export const refundIdAt = (now: Date): string => `50${digits(8)}${beijingDay(now)}${digits(11)}`;

/** `PUB_KEY_ID_` + 28 digits, the merchant's own number among them as in the documentation's sample (protocol §2.3). */
export const publicKeyIdOf = (mchid: string): string => `PUB_KEY_ID_01${mchid}2410${'0'.repeat(12)}`;

/** `wx` + 16 hex digits. */
export const appIdAtRandom = (): string => `wx${randomHex(8)}`;

/** What a Native order's QR code holds. */
export const nativeCode = (): string => joined('weixin://wxpay/bizpayurl?pr=', codeToken());

const codeToken = (): string => Number.parseInt(randomHex(6), 16).toString(36).padStart(10, '0').slice(-9);

/** 32 letters and digits, for nonces and keys. */
export const nonce32 = (): string => randomHex(16).toUpperCase();

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** 32 letters of both cases and digits, for login codes and tokens. */
export const letters32 = (): string => Array.from({ length: 32 }, () => LETTERS[randomInt(LETTERS.length)]).join('');

/** A random number of exactly so many digits, zeros in front allowed. */
export function digits(count: number): string {
  return Array.from({ length: count }, () => randomInt(10)).join('');
}

/** Stable per (appid, payer), 28 characters beginning with `o`, as openids are. */
export function openidOf(appid: string, payer: string): string {
  return `o${createHash('sha256').update(`${appid}\n${payer}`).digest('base64url').slice(0, 27)}`;
}

/** Production's `<hex-ish>-<internal number>`; 0 is success. */
export const requestId = (internal = 0): string => `${randomHex(20).toUpperCase()}-${internal}`;
