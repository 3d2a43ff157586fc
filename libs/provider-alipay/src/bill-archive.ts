import type { FileEntry } from '@zip.js/zip.js';
import { untrustedBill } from './bill-trust.js';

/** A file in the archive: its name, and its text before compression as it is read. */
export interface ArchivedFile {
  readonly name: string;
  /** @throws UntrustedMessage when it is larger, cannot be unpacked, or its checksum does not hold */
  read(maxBytes: number): AsyncIterable<Uint8Array>;
}

/** Alipay packs two files. */
const MAX_FILES = 8;

/** Checksums are compared, and a file that shares bytes with another is refused (that is how small bombs are made). */
const UNPACKING = { useWebWorkers: false, checkSignature: true, checkOverlappingEntry: true };

/**
 * Opens a ZIP. It is held packed, because its directory comes last; what it contains is unpacked as it is read. Names are
 * GBK unless they say that they are UTF-8, and are never used as paths.
 */
export async function openArchive(packed: AsyncIterable<Uint8Array>): Promise<readonly ArchivedFile[]> {
  // Loaded with the first statement: most processes never read one.
  const { Uint8ArrayReader, ZipReader } = await import('@zip.js/zip.js');
  const reader = new ZipReader(new Uint8ArrayReader(await held(packed)), { ...UNPACKING, filenameEncoding: 'gbk' });
  const files: ArchivedFile[] = [];
  for await (const entry of reader.getEntriesGenerator()) {
    if (files.length >= MAX_FILES) throw untrustedBill(`it contains more than ${MAX_FILES} files`);
    if (entry.encrypted) throw untrustedBill('it is encrypted');
    if (!entry.directory) files.push({ name: entry.filename, read: (maxBytes) => unpacked(entry, maxBytes) });
  }
  return files;
}

/** The caller's download has its cap. */
async function held(packed: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of packed) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Unpacks only as far as is read: neither side of the stream in between holds more than one chunk. */
async function* unpacked(entry: FileEntry, maxBytes: number): AsyncGenerator<Uint8Array, void> {
  if (entry.uncompressedSize > maxBytes) throw tooLarge(maxBytes);
  const between = new TransformStream<Uint8Array, Uint8Array>({}, { highWaterMark: 1 }, { highWaterMark: 0 });
  const unpacking = entry.getData(between.writable, UNPACKING);
  const failed = unpacking.then(() => new Promise<never>(() => undefined));
  failed.catch(() => undefined);
  const reader = between.readable.getReader();
  try {
    for (let size = 0; ;) {
      const { done, value } = await Promise.race([reader.read(), failed]);
      if (done) break;
      size += value.byteLength;
      if (size > maxBytes) throw tooLarge(maxBytes);
      yield value;
    }
    await unpacking;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function tooLarge(maxBytes: number) {
  return untrustedBill(`a file in it is larger than ${maxBytes} bytes`);
}
