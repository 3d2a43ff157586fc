import type { RawMessage } from '@hutong/payment-port';
import { singleHeader } from '@hutong/provider-kit';
import { fieldsOf, type Fields } from './message-fields.js';
import { stringToSign } from './string-to-sign.js';

/** Names and values after one decoding, as bytes: one latin1 character each. Alipay signs bytes in its own charset. */
export type FormBytes = ReadonlyMap<string, string>;

const CHARSETS: Readonly<Record<string, string>> = { 'utf-8': 'utf-8', gbk: 'gbk', gb2312: 'gbk', gb18030: 'gb18030' };

/** Reads the form that a notification is. @throws Error when it is no form, is malformed, or says something twice */
export function readForm(message: RawMessage): FormBytes {
  const mediaType = singleHeader(message, 'content-type')?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/x-www-form-urlencoded') throw new Error('is no form');
  const form = new Map<string, string>();
  for (const pair of Buffer.from(message.body).toString('latin1').split('&')) {
    const cut = pair.indexOf('=');
    if (cut < 1) throw new Error('has a field without a name or a value');
    const name = decoded(pair.slice(0, cut));
    if (form.has(name)) throw new Error('says something twice');
    form.set(name, decoded(pair.slice(cut + 1)));
  }
  return form;
}

/**
 * The texts that the signature may cover: all fields as received without `sign` and `sign_type`, or those without the
 * empty ones. Alipay's own pages contradict each other on empty values, so both are tried (opendocs open/270/105902).
 * So it is with `alipay_cert_sn`, where a message has one: some clients leave it out, and it only names a key.
 */
export function signedTexts(form: FormBytes): Buffer[] {
  const fields = [...form].filter(([name]) => name !== 'sign' && name !== 'sign_type');
  const filled = fields.filter(([, value]) => value !== '');
  const unnamed = filled.filter(([name]) => name !== 'alipay_cert_sn');
  return [fields, filled, ...(form.has('alipay_cert_sn') ? [unnamed] : [])].map((some) =>
    Buffer.from(stringToSign(some), 'latin1'),
  );
}

/** The fields as text, in the charset that the message names. @throws Error on another charset or broken text */
export function readFields(form: FormBytes): Fields {
  const charset = (form.get('charset') ?? 'utf-8').toLowerCase();
  const label = Object.hasOwn(CHARSETS, charset) ? CHARSETS[charset] : undefined;
  if (label === undefined) throw new Error('has an unknown charset');
  const text = (bytes: string) => new TextDecoder(label, { fatal: true }).decode(Buffer.from(bytes, 'latin1'));
  return fieldsOf(Object.fromEntries([...form].map(([name, value]) => [text(name), text(value)])));
}

/** Exactly one decoding: Alipay's Node SDK decoded twice and fell over a stray `%` (alipay-sdk-nodejs-all#45). */
function decoded(text: string): string {
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) throw new Error('is not well encoded');
  return text.replaceAll('+', ' ').replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
