import { type BodySpoiling, UNSPOILED } from '../frame/body-spoiling.js';
import type { Answer } from '../frame/exchanges.js';
import type { Tamperings } from '../frame/fault-rule.js';
import type { AlipayAccount } from './account.js';
import type { AlipayKeys } from './alipay-keys.js';
import { answeringCertSn } from './certificate-check.js';
import { encodeText } from './charset.js';
import { answerContent } from './content-encryption.js';
import { compactJson, envelope, responseKey } from './envelope.js';
import { newTraceId } from './identifiers.js';
import { OAUTH_TOKEN } from './oauth.js';
import type { Parameters } from './parameters.js';
import { alipaySignature, namedSn } from './signer.js';

/** Who signs an answer, and for whom; without an account there is no certificate to name. */
export interface Signing {
  readonly keys: AlipayKeys;
  readonly account: AlipayAccount | undefined;
}

/** `text/html` although it is JSON, and 200 whatever it says: so it is on the wire. Without `signing`: unsigned. */
export function jsonAnswer(
  parameters: Parameters,
  response: Readonly<Record<string, unknown>>,
  signing: Signing | undefined,
  status = 200,
  spoiling: BodySpoiling = UNSPOILED,
): Answer {
  const { charset } = parameters;
  const method = parameters.get('method');
  // Recorded so: a refused code stands under `error_response`, where SDKs look for it.
  const key = responseKey(method === OAUTH_TOKEN && 'sub_code' in response ? undefined : method);
  const text = spoiling.body(
    answerContent(response, spoiling.content(compactJson(response)), parameters, signing?.account),
  );
  const certSn = signing?.account && answeringCertSn(parameters, signing.account);
  const headers = { 'content-type': `text/html;charset=${charset}`, trace_id: newTraceId() };
  const answer: Answer = {
    status,
    headers,
    body: encodeText(envelope(key, text), charset),
    spoiled: (asked) => jsonAnswer(parameters, response, signing, status, asked),
  };
  if (signing === undefined) return answer;
  const sign = async (unsigned: Answer, tamperings: Tamperings): Promise<Answer> => {
    const signature = await alipaySignature(encodeText(text, charset), signing.keys, tamperings);
    const signed = envelope(key, text, signature, namedSn(certSn, tamperings));
    return { ...unsigned, body: encodeText(signed, charset) };
  };
  return { ...answer, sign };
}
