import { Rejected, type Clock, type PaymentProvider } from '@hutong/payment-port';
import { aroundCalls } from './around-calls.js';
import type { Circuit } from './options/circuit.js';

/**
 * The same provider, its circuit told of every call: an answer, a refusal included, says that the wallet is there; not
 * being reached, no answer, or one that does not verify says that it may not be.
 */
export function watched(provider: PaymentProvider, circuit: Circuit, clock: Clock): PaymentProvider {
  return aroundCalls(provider, async (call) => {
    try {
      const answer = await call();
      circuit.succeeded();
      return answer;
    } catch (error) {
      if (error instanceof Rejected) circuit.succeeded();
      else circuit.failed(clock.now());
      throw error;
    }
  });
}
