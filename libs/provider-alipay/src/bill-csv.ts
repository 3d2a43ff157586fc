import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';

/**
 * The records of a GBK text, as they are read. Cells may be quoted; a quotation mark inside an unquoted cell is one. Blanks
 * and the TAB that keeps spreadsheets from reading numbers are taken off.
 * @throws Error on bytes that are no GBK, or a record longer than `maxLength` characters
 */
export function csvRecords(bytes: AsyncIterable<Uint8Array>, maxLength: number): AsyncIterable<readonly string[]> {
  const csv = parse({
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: maxLength,
  });
  return pipeline(Readable.from(decoded(bytes), { objectMode: false }), csv, () => undefined);
}

async function* decoded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
  const gbk = new TextDecoder('gbk', { fatal: true });
  for await (const chunk of bytes) yield gbk.decode(chunk, { stream: true });
  yield gbk.decode();
}
