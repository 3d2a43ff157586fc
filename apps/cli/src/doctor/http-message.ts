import type { FailingMessage } from '@hutong/payment-port';
import { CannotRun } from '../configuration.js';

type Kind = FailingMessage['kind'];
type Header = readonly [name: string, value: string];

/**
 * Reads a message as it travelled: request or status line, headers, an empty line, the body. A bare link, order string,
 * form or JSON answer is taken too, because Alipay's messages need no more.
 * @throws CannotRun when it is nothing of these, or was cut off
 */
export function readHttpMessage(bytes: Buffer, kind?: Kind): FailingMessage {
  const { head, body } = split(bytes);
  const [first = '', ...lines] = head;
  const request = /^([A-Za-z]+) (\S+) HTTP\/[\d.]+$/.exec(first);
  if (request === null && !/^HTTP\/[\d.]+ \d{3}/.test(first)) return bareMessage(bytes, kind);
  const headers = lines.map(headerIn);
  const message = { headers, body: wholeBody(headers, body) };
  if (request === null) return { kind: kind ?? 'answer', ...message };
  const [, method = '', target = ''] = request;
  return { kind: kind ?? kindOf(message), method, target: originForm(target), ...message };
}

/** Which wire it speaks, as far as it can be seen. */
export function providerOf({ headers, body, target = '' }: FailingMessage): string | undefined {
  const names = headers.map(([name]) => name.toLowerCase());
  if (names.some((name) => name.startsWith('wechatpay-')) || target.startsWith('/v3/pay/')) return 'wechat_pay';
  if (headers.some(([name, value]) => /^authorization$/i.test(name) && value.startsWith('WECHATPAY2')))
    return 'wechat_pay';
  const text = `${target}&${Buffer.from(body).toString('latin1')}`;
  return /[?&]app_id=|[?&]notify_id=|"alipay_\w+_response"/.test(text) ? 'alipay' : undefined;
}

/** Bytes as latin1: one character each, so that offsets are those of the file. */
function split(bytes: Buffer): { readonly head: readonly string[]; readonly body: Buffer } {
  const text = bytes.toString('latin1');
  const gap = /\r?\n\r?\n/.exec(text);
  const end = gap === null ? text.trimEnd().length : gap.index;
  const body = gap === null ? Buffer.alloc(0) : bytes.subarray(gap.index + gap[0].length);
  return { head: text.slice(0, end).split(/\r?\n/), body };
}

function headerIn(line: string): Header {
  const colon = line.indexOf(':');
  if (colon < 1) throw new CannotRun(`This is no header: ${line.slice(0, 60)}`);
  return [line.slice(0, colon), line.slice(colon + 1).trim()];
}

/** Editors add a line feed at the end of a file; Content-Length says where the body ended. */
function wholeBody(headers: readonly Header[], body: Buffer): Buffer {
  const valueOf = (name: string) => headers.find(([header]) => header.toLowerCase() === name)?.[1];
  if (valueOf('transfer-encoding') !== undefined || /gzip|br|deflate/.test(valueOf('content-encoding') ?? '')) {
    throw new CannotRun('Save the body decoded: neither chunked nor compressed, and without those headers.');
  }
  const length = valueOf('content-length');
  if (length === undefined || !/^\d+$/.test(length)) return body;
  if (body.length >= Number(length)) return body.subarray(0, Number(length));
  throw new CannotRun(`The body has ${body.length} bytes and Content-Length says ${length}: the message was cut off.`);
}

function kindOf({ headers, body }: { headers: readonly Header[]; body: Buffer }): Kind {
  const isSigned = headers.some(([name]) => name.toLowerCase() === 'wechatpay-signature');
  return isSigned || isNotificationForm(body.toString('latin1')) ? 'notification' : 'request';
}

const isNotificationForm = (text: string): boolean => /(?:^|&)notify_(?:id|type)=/.test(text);

function originForm(target: string): string {
  return target.replace(/^https?:\/\/[^/?]*/i, '').replace(/^(?!\/)/, '/');
}

function bareMessage(bytes: Buffer, kind: Kind | undefined): FailingMessage {
  const text = bytes.toString('latin1').trim();
  if (/^https?:\/\/\S+$/.test(text)) {
    return { kind: kind ?? 'request', method: 'GET', target: originForm(text), headers: [], body: Buffer.alloc(0) };
  }
  if (text.startsWith('{')) return { kind: kind ?? 'answer', headers: [], body: bytes };
  if (/^[\w.]+=[^\n]*$/.test(text)) {
    return {
      kind: kind ?? (isNotificationForm(text) ? 'notification' : 'request'),
      headers: [],
      body: Buffer.from(text, 'latin1'),
    };
  }
  throw new CannotRun(
    'This is no HTTP message. Give a request or status line, the headers, an empty line and the body, as they travelled.',
  );
}
