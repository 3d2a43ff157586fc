import type { Arrived } from '../frame/arrived.js';
import { parseMultipart } from './multipart.js';
import type { PublicFields } from './parameters.js';
import { parseAuthorization, type RestAuthorization } from './rest-authorization.js';
import { restBytes, type RestLines } from './rest-spellings.js';

/** A request to /v3/alipay/…, read but not believed. `get` answers to the names that /gateway.do has for the same things. */
export interface RestRequest extends PublicFields {
  readonly charset: 'utf-8';
  /** undefined: a scheme that this sandbox does not speak. */
  readonly authorization: RestAuthorization | undefined;
  /** What the app has signed: four lines, or five with `alipay-app-auth-token`. */
  readonly signedBytes: Buffer;
  /** The same in its parts, to explain what does not hold. */
  readonly signedParts: RestLines;
}

export function readRestRequest(arrived: Arrived): RestRequest {
  const authorization = parseAuthorization(arrived.header('authorization'));
  const body = signedBody(arrived);
  const fields: Readonly<Record<string, () => string | undefined>> = {
    app_id: () => authorization?.get('app_id'),
    app_cert_sn: () => authorization?.get('app_cert_sn'),
    alipay_root_cert_sn: () => arrived.header('alipay-root-cert-sn') || undefined,
    encrypt_type: () => arrived.header('alipay-encrypt-type') || undefined,
    biz_content: () => (arrived.method === 'GET' ? queryJson(arrived) : body.toString('utf8').trim() || undefined),
  };
  const signedParts = {
    authString: authorization?.authString ?? '',
    method: arrived.method,
    url: arrived.url,
    body,
    token: arrived.header('alipay-app-auth-token'),
  };
  return {
    charset: 'utf-8',
    authorization,
    signedBytes: restBytes(signedParts),
    signedParts,
    get: (name) => (Object.hasOwn(fields, name) ? fields[name]?.() : undefined),
  };
}

/** Of an upload only the part named `data` is signed, and read. */
function signedBody(arrived: Arrived): Buffer {
  const type = arrived.header('content-type') ?? '';
  if (!/^multipart\/form-data/i.test(type)) return arrived.body;
  const data = parseMultipart(arrived.body, type).find(([name]) => name === 'data');
  return Buffer.from(data?.[1] ?? '', 'latin1');
}

const queryJson = ({ query }: Arrived): string => JSON.stringify(Object.fromEntries(query));
