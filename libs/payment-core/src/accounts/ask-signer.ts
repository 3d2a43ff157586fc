import { NotReached, ProviderError, Rejected, type PaymentProvider, type Signer } from '@hutong/payment-port';
import { conflict, PaymentProblem } from '../problem.js';

/**
 * Asks a provider one harmless question with an account's credentials: whether they hold, and which of its keys signed
 * the answer.
 * @throws PaymentProblem `check_unsupported`, `provider_unavailable`, or the reason why the provider refused
 */
export async function askSigner(provider: string, connection: PaymentProvider): Promise<Signer> {
  if (connection.askSigner === undefined)
    throw conflict('check_unsupported', `Accounts of ${provider} cannot be checked by a call.`);
  try {
    return await connection.askSigner();
  } catch (error) {
    throw error instanceof ProviderError ? problemOf(error) : error;
  }
}

function problemOf(error: ProviderError): PaymentProblem {
  const detail = error.message;
  if (error instanceof Rejected) return new PaymentProblem('provider_refused', { code: error.reason, detail });
  if (error instanceof NotReached) return new PaymentProblem('unavailable', { code: 'provider_unavailable', detail });
  return new PaymentProblem('provider_refused', { code: 'answer_unproven', detail });
}
