import type { Arrived } from '../frame/arrived.js';
import type { Answer, ExchangePlan } from '../frame/exchanges.js';
import type { Tamperings } from '../frame/fault-rule.js';
import type { AlipayKeys } from './account.js';
import { signedText } from './admission.js';
import { encodeText } from './charset.js';
import { compactJson, envelope, responseKey } from './envelope.js';
import { asRefusal, type Gateway, type Witness } from './gateway.js';
import { isGatewayErrorCode } from './gateway-errors.js';
import { type GatewayRefusal, gatewayRefusal, tradeRefusal } from './gateway-refusal.js';
import { namedNumbers } from './gateway-request.js';
import { newTraceId } from './identifiers.js';
import type { Parameters } from './parameters.js';
import { alipaySignature } from './signer.js';
import { isTradeErrorCode } from './trade-errors.js';

/** A server's call and its JSON answer. */
export function serverCall(parameters: Parameters, gateway: Gateway, keys: AlipayKeys): ExchangePlan {
  const operation = gateway.method(parameters.get('method'))?.operation;
  return {
    provider: 'alipay',
    ...(operation && { operation }),
    references: () => namedNumbers(parameters),
    answer: (arrived) => {
      const witness: Witness = {};
      const body = judge(parameters, gateway, witness, arrived);
      // Only an unknown app is answered unsigned: the gateway does not know which mode to sign in.
      return jsonAnswer(parameters, body, witness.account === undefined ? undefined : keys);
    },
    error: (_arrived, { status, code }) => jsonAnswer(parameters, injected(code).body(), keys, status),
  };
}

function judge(
  parameters: Parameters,
  gateway: Gateway,
  witness: Witness,
  { notes }: Arrived,
): Readonly<Record<string, unknown>> {
  try {
    return { code: '10000', msg: 'Success', ...gateway.run(parameters, witness) };
  } catch (cause) {
    const refusal = asRefusal(cause);
    notes.reason = refusal.message;
    return refusal.body();
  } finally {
    note(parameters, witness, notes);
  }
}

/** What the request log shows of a verification. */
export function note(parameters: Parameters, witness: Witness, notes: Arrived['notes']): void {
  notes.verdict = witness.verified ? 'accepted' : 'refused';
  notes.account = witness.account?.name ?? null;
  notes.key = witness.account ? `app_public_key of ${witness.account.app_id}` : null;
  notes.signedString = signedText(parameters);
}

function injected(code = 'aop.ACQ.SYSTEM_ERROR'): GatewayRefusal {
  const trade = code.replace(/^ACQ\./, '');
  if (isTradeErrorCode(trade)) return tradeRefusal(trade);
  return gatewayRefusal(isGatewayErrorCode(code) ? code : 'aop.ACQ.SYSTEM_ERROR');
}

/** `text/html` although it is JSON, and 200 whatever it says: so it is on the wire. */
function jsonAnswer(
  parameters: Parameters,
  response: Readonly<Record<string, unknown>>,
  keys: AlipayKeys | undefined,
  status = 200,
): Answer {
  const { charset } = parameters;
  const key = responseKey(parameters.get('method'));
  const text = compactJson(response);
  const enveloped = (signature?: string): Buffer => encodeText(envelope(key, text, signature), charset);
  const headers = { 'content-type': `text/html;charset=${charset}`, trace_id: newTraceId() };
  const answer: Answer = { status, headers, body: enveloped() };
  if (keys === undefined) return answer;
  const sign = async (unsigned: Answer, tamperings: Tamperings): Promise<Answer> => ({
    ...unsigned,
    body: enveloped(await alipaySignature(encodeText(text, charset), keys, tamperings)),
  });
  return { ...answer, sign };
}
