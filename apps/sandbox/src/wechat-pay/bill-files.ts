import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGzip, gunzip } from 'node:zlib';
import type { SandboxClock } from '../frame/sandbox-clock.js';
import { invalidRequest, WechatError } from './wechat-error.js';

/** How long a download address is good, on the sandbox's clock (protocol §7). */
export const ADDRESS_LIVES_MS = 300_000;

/** Addresses that live at a time; a hundred thousand trades are some four megabytes here. */
const MOST_FILES = 64;

/** A bill that waits for its download, packed. */
export interface BillFile {
  /** SHA-1 of the bill before it is packed, in hex. */
  readonly sha1: string;
  readonly packed: Buffer;
}

/** Packs and hashes a text piece by piece; other requests are served between the pieces. */
export async function packedBill(pieces: Iterable<string>): Promise<BillFile> {
  const hash = createHash('sha1');
  function* hashed(): Generator<Buffer> {
    for (const piece of pieces) {
      const bytes = Buffer.from(piece);
      hash.update(bytes);
      yield bytes;
    }
  }
  const packed = await pipeline(Readable.from(hashed()), createGzip(), (gzip) => buffer(gzip));
  return { sha1: hash.digest('hex'), packed };
}

interface Waiting {
  readonly account: string;
  readonly file: BillFile;
  readonly gzip: boolean;
  readonly until: number;
}

/** Bills behind their download tokens. */
export class BillFiles {
  private readonly waiting = new Map<string, Waiting>();

  constructor(private readonly clock: SandboxClock) {}

  /** @returns the token */
  offer(account: string, file: BillFile, gzip: boolean): string {
    const now = this.clock.now().getTime();
    for (const [token, { until }] of this.waiting) if (until <= now) this.waiting.delete(token);
    const [oldest] = this.waiting.keys();
    if (oldest !== undefined && this.waiting.size >= MOST_FILES) this.waiting.delete(oldest);
    const token = randomBytes(32).toString('base64url');
    this.waiting.set(token, { account, file, gzip, until: now + ADDRESS_LIVES_MS });
    return token;
  }

  /** The file's bytes, packed when that was asked for; again and again while the token lives. @throws WechatError */
  async take(token: string, account: string): Promise<{ readonly bytes: Buffer; readonly gzip: boolean }> {
    const found = this.waiting.get(token);
    if (found === undefined || found.until <= this.clock.now().getTime())
      throw invalidRequest('下载地址无效或已过期，请重新申请账单');
    if (found.account !== account) throw new WechatError(403, 'NO_AUTH', '商户无权限下载该账单');
    const { file, gzip } = found;
    return { bytes: gzip ? file.packed : await promisify(gunzip)(file.packed), gzip };
  }
}
