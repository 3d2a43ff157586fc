import type { Arrived } from '../frame/arrived.js';
import type { ExchangePlan } from '../frame/exchanges.js';
import type { AlipayKeys } from './alipay-keys.js';
import type { AlipayAccount } from './account.js';
import { signedText } from './admission.js';
import { certificateNames } from './certificate-check.js';
import { asRefusal, type Gateway, type Witness } from './gateway.js';
import { namedNumbers } from './gateway-request.js';
import { injected } from './injected-error.js';
import { jsonAnswer } from './json-answer.js';
import type { Parameters } from './parameters.js';

/** A server's call and its JSON answer. */
export function serverCall(parameters: Parameters, gateway: Gateway, keys: AlipayKeys): ExchangePlan {
  const operation = gateway.method(parameters.get('method'))?.operation;
  return {
    provider: 'alipay',
    ...(operation && { operation }),
    references: () => namedNumbers(parameters, gateway.account(parameters)),
    answer: (arrived) => {
      const witness: Witness = {};
      const body = judge(parameters, gateway, witness, arrived);
      // Only an unknown app is answered unsigned: the gateway does not know which mode to sign in.
      const { account } = witness;
      return jsonAnswer(parameters, body, account && { keys, account });
    },
    error: (_arrived, { status, code }) =>
      jsonAnswer(
        parameters,
        injected(code, parameters.get('method')).body(),
        { keys, account: gateway.account(parameters) },
        status,
      ),
  };
}

function judge(
  parameters: Parameters,
  gateway: Gateway,
  witness: Witness,
  { notes }: Arrived,
): Readonly<Record<string, unknown>> {
  try {
    return gateway.run(parameters, witness);
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
  noteVerdict(witness, signedText(parameters), notes);
}

/** The same, for a string that is signed in another way. */
export function noteVerdict(witness: Witness, signed: string, notes: Arrived['notes']): void {
  notes.verdict = witness.verified ? 'accepted' : 'refused';
  notes.account = witness.account?.name ?? null;
  notes.key = witness.account ? keyName(witness.account) : null;
  notes.signedString = signed;
  if (witness.cause !== undefined) notes.cause = witness.cause;
}

function keyName(account: AlipayAccount): string {
  return account.sign_mode === 'key'
    ? `app_public_key of ${account.app_id}`
    : `app_cert ${certificateNames(account).app} of ${account.app_id}`;
}
