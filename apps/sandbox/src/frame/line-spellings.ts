import type { Spelling } from './diagnose-rsa.js';
import { jsonSpellings } from './json-spellings.js';

/** The five lines under a request's signature, as they should have been signed. */
export interface SignedLines {
  readonly method: string;
  /** Path and query as on the request line. */
  readonly url: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly body: Buffer;
}

/** How clients get the five lines wrong. `hosts`: what they may take for the beginning of the address. */
export function* lineSpellings(lines: SignedLines, hosts: readonly string[]): Generator<Spelling> {
  const { method, url, timestamp, nonce, body } = lines;
  const right = joined(lines);
  yield { code: 'final_newline_missing', text: right.subarray(0, -1) };
  yield { code: 'body_left_out', text: joined({ ...lines, body: Buffer.alloc(0) }) };
  yield { code: 'body_left_out', text: `${method}\n${url}\n${timestamp}\n${nonce}\n` };
  yield { code: 'body_signed_for_get', text: joined({ ...lines, body: Buffer.from('{}') }) };
  yield { code: 'method_in_lower_case', text: joined({ ...lines, method: method.toLowerCase() }) };
  for (const host of hosts) {
    for (const scheme of ['https', 'http']) {
      yield { code: 'host_in_url', text: joined({ ...lines, url: `${scheme}://${host}${url}` }) };
    }
  }
  yield { code: 'query_left_out', text: joined({ ...lines, url: url.replace(/\?.*$/s, '') }) };
  for (const other of otherSpellings(url))
    yield { code: 'url_written_otherwise', text: joined({ ...lines, url: other }) };
  yield { code: 'lines_in_another_order', text: joined({ ...lines, timestamp: nonce, nonce: timestamp }) };
  yield { code: 'line_ends_crlf', text: joined(lines, '\r\n') };
  for (const off of [-2, -1, 1, 2]) {
    yield { code: 'timestamp_taken_twice', text: joined({ ...lines, timestamp: String(Number(timestamp) + off) }) };
  }
  yield { code: 'timestamp_in_milliseconds', text: joined({ ...lines, timestamp: `${timestamp}000` }) };
  for (const text of jsonSpellings(body.toString('utf8'))) {
    yield { code: 'body_reserialised', text: joined({ ...lines, body: Buffer.from(text) }) };
  }
}

function joined({ method, url, timestamp, nonce, body }: SignedLines, end = '\n'): Buffer {
  const head = [method, url, timestamp, nonce].map((line) => line + end).join('');
  return Buffer.concat([Buffer.from(head), body, Buffer.from(end)]);
}

/** Decoded, encoded as JavaScript and Java do it, without a slash at its end. */
function otherSpellings(url: string): readonly string[] {
  const decoded = decodedOrSame(url);
  return [decoded, encodeURI(decoded.toWellFormed()), url.replaceAll('%20', '+'), url.replace(/\/$/, ''), `${url}/`];
}

function decodedOrSame(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
