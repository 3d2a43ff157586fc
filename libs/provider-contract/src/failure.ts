import { ProviderError } from '@hutong/payment-port';
import { expect } from 'vitest';

/** The error that a promise ends with; a promise that succeeds fails the test and says with what. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  let answer: unknown;
  try {
    answer = await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`Expected a failure, got ${JSON.stringify(answer)}.`);
}

/** A failure of a provider which says that the request may have taken effect. */
export async function expectMayHaveHappened(promise: Promise<unknown>, why: string): Promise<void> {
  const error = await failureOf(promise);
  expect(error, why).toBeInstanceOf(ProviderError);
  expect((error as ProviderError).mayHaveHappened, why).toBe(true);
}

/** A failure of exactly this class, named after what caused it. */
export async function expectFailure(
  promise: Promise<unknown>,
  wanted: abstract new (...args: never[]) => ProviderError,
  why: string,
): Promise<void> {
  expect(await failureOf(promise), why).toBeInstanceOf(wanted);
}
