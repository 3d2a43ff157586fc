import type { Spelling } from '../frame/diagnose-rsa.js';
import { jsonSpellings } from '../frame/json-spellings.js';

/** The lines under the signature of a call to /v3/alipay/…. */
export interface RestLines {
  readonly authString: string;
  readonly method: string;
  /** Path and query as on the request line. */
  readonly url: string;
  readonly body: Buffer;
  /** `alipay-app-auth-token`: a line of its own, when it is sent. */
  readonly token: string | undefined;
}

/** As they are to be signed: every line ends, the last one too. */
export function restBytes({ authString, method, url, body, token }: RestLines): Buffer {
  const head = `${authString}\n${method}\n${url}\n`;
  const tail = token ? `\n${token}\n` : '\n';
  return Buffer.concat([Buffer.from(head, 'latin1'), body, Buffer.from(tail, 'latin1')]);
}

/** How clients get them wrong. */
export function* restSpellings(lines: RestLines): Generator<Spelling> {
  const { method, url, body } = lines;
  yield { code: 'final_newline_missing', text: restBytes(lines).subarray(0, -1) };
  yield { code: 'body_left_out', text: restBytes({ ...lines, body: Buffer.alloc(0) }) };
  yield { code: 'method_in_lower_case', text: restBytes({ ...lines, method: method.toLowerCase() }) };
  yield { code: 'query_left_out', text: restBytes({ ...lines, url: url.replace(/\?.*$/s, '') }) };
  yield { code: 'stray_parameter', text: restBytes({ ...lines, token: undefined }), detail: 'alipay-app-auth-token' };
  for (const text of jsonSpellings(body.toString('utf8'))) {
    yield { code: 'body_reserialised', text: restBytes({ ...lines, body: Buffer.from(text) }) };
  }
}
