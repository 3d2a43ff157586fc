import type { KeyObject } from 'node:crypto';
import { rsaVerify } from '@hutong/provider-kit';
import { memberSpans, type Span } from './json-spans.js';

/** `{"alipay_trade_query_response":{…},"sign":"…"}`, taken apart but not believed yet. */
export interface SignedEnvelope {
  /** The bytes of the response value exactly as received, braces included: what the signature covers. */
  readonly response: Buffer;
  /** Undefined when the answer carries none: an unknown app is answered unsigned. */
  readonly sign: string | undefined;
  /** Which certificate Alipay says it signed with; in certificate mode only. No signature covers it. */
  readonly certSn: string | undefined;
}

/**
 * Finds the response of `method` and its signature at depth 1 of an answer. Clients that search for `"sign"` can be
 * led by texts inside values; a tokenizer can't.
 * Undefined when the body is not one JSON object, or does not name exactly one response.
 */
export function openEnvelope(body: Buffer, method: string): SignedEnvelope | undefined {
  const members = memberSpans(body);
  const responses = [responseKey(method), 'error_response'].flatMap((key) => members?.get(key) ?? []);
  const [response] = responses;
  if (members === undefined || response === undefined || responses.length > 1) return undefined;
  return {
    response: slice(body, response),
    sign: textAt(body, members.get('sign')),
    certSn: textAt(body, members.get('alipay_cert_sn')),
  };
}

/**
 * Whether Alipay's key signed the response as received; failing that, with every `/` spelt the other way, because
 * proxies and re-encoders change that one spelling. Alipay advises this second try; its Java and PHP clients do it.
 */
export function envelopeHolds(alipayKey: KeyObject, { response, sign }: SignedEnvelope): boolean {
  if (sign === undefined) return false;
  return slashSpellings(response).some((bytes) => rsaVerify(alipayKey, bytes, sign));
}

/** The response as an object; undefined when it is something else. */
export function readResponse({ response }: SignedEnvelope): object | undefined {
  try {
    const value: unknown = JSON.parse(response.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function responseKey(method: string): string {
  return `${method.replaceAll('.', '_')}_response`;
}

/** A text in ASCII without escapes other than `\/`: signatures and numbers are nothing else. */
function textAt(body: Buffer, span: Span | undefined): string | undefined {
  if (span === undefined) return undefined;
  const text = slice(body, span).toString('latin1');
  return /^"[^"]+"$/.test(text) ? text.slice(1, -1).replaceAll(String.raw`\/`, '/') : undefined;
}

function slice(body: Buffer, { start, end }: Span): Buffer {
  return body.subarray(start, end);
}

/** Escapes are stepped over in pairs, so that the slash after an escaped backslash is never taken for an escaped slash. */
export function slashSpellings(response: Buffer): Buffer[] {
  const text = response.toString('latin1');
  const plain = text.replace(/\\(.)/gs, (escape, escaped: string) => (escaped === '/' ? '/' : escape));
  const escaped = plain.replace(/\\.|\//gs, (found) => (found === '/' ? String.raw`\/` : found));
  return [response, Buffer.from(plain, 'latin1'), Buffer.from(escaped, 'latin1')];
}
