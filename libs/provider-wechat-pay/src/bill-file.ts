import { createHash } from 'node:crypto';
import { pipeline, Readable, type Duplex } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { untrustedBill } from './bill-trust.js';

export interface BillFileLimits {
  /** Of the statement before compression. */
  readonly maxTextBytes: number;
  readonly maxRecordLength: number;
}

/**
 * The records of a statement's file, as they arrive: a gzip stream, or plain text where something on the way has
 * unpacked it already. Every stage pulls from the one before it, so a reader who pauses pauses the network.
 * @throws UntrustedMessage at the end when the text does not hash to `sha1`; earlier when it cannot be unpacked, or a limit is passed
 */
export function billRecords(
  file: AsyncIterable<Uint8Array>,
  sha1: string,
  limits: BillFileLimits,
): AsyncIterable<readonly string[]> {
  const csv = parse({
    bom: true,
    quote: false,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: limits.maxRecordLength,
  });
  return piped(verified(unpacked(file), sha1, limits.maxTextBytes), csv);
}

/** SHA-1 over the statement before compression, as the signed answer announced it. */
async function* verified(text: AsyncIterable<Uint8Array>, sha1: string, maxBytes: number) {
  const hash = createHash('sha1');
  let size = 0;
  for await (const chunk of text) {
    size += chunk.byteLength;
    if (size > maxBytes) throw untrustedBill(`it is larger than ${maxBytes} bytes`);
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest('hex') !== sha1) throw untrustedBill('its hash does not hold');
}

async function* unpacked(file: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const rest = file[Symbol.asyncIterator]();
  const head = await firstTwoBytes(rest);
  const whole = followedBy(head, rest);
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  yield* isGzip ? piped<Uint8Array>(whole, createGunzip()) : whole;
}

async function firstTwoBytes(chunks: AsyncIterator<Uint8Array>): Promise<Buffer> {
  let head = Buffer.alloc(0);
  while (head.length < 2) {
    const { done, value } = await chunks.next();
    if (done === true) break;
    head = Buffer.concat([head, value]);
  }
  return head;
}

async function* followedBy(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  try {
    yield head;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

/** Errors travel down to the reader; a reader who stops early ends the source. */
function piped<T>(source: AsyncIterable<Uint8Array>, stage: Duplex): AsyncIterable<T> {
  return pipeline(Readable.from(source, { objectMode: false }), stage, () => undefined) as AsyncIterable<T>;
}
