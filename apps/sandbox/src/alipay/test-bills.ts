import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';

/** A statement as a merchant unpacks it. */
export interface UnpackedBill {
  readonly name: string;
  /** General purpose bit 11: names would be UTF-8. */
  readonly namesAreUtf8: boolean;
  readonly text: string;
}

/** For specs: the files of an archive, names and contents read as GBK. @throws TypeError when one is not GBK */
export async function unpackBills(archive: ArrayBuffer): Promise<readonly UnpackedBill[]> {
  const reader = new ZipReader(new Uint8ArrayReader(new Uint8Array(archive)), { useWebWorkers: false });
  const gbk = new TextDecoder('gbk', { fatal: true });
  const files: UnpackedBill[] = [];
  for (const entry of await reader.getEntries()) {
    if (entry.directory) continue;
    const text = gbk.decode(await entry.getData(new Uint8ArrayWriter()));
    files.push({
      name: gbk.decode(entry.rawFilename),
      namesAreUtf8: entry.bitFlag?.languageEncodingFlag ?? true,
      text,
    });
  }
  return files;
}

/** The lines of a file that are no comments, the column names first, cut at commas (none is quoted). */
export function rowsOf({ text }: UnpackedBill): readonly (readonly string[])[] {
  const lines = text.split('\r\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => line.split(','));
}
