import { describe, expect, it } from 'vitest';
import {
  InvalidAccountConfig,
  NotReached,
  OutcomeUnknown,
  ProviderError,
  Rejected,
  UntrustedMessage,
} from './errors.js';

const details = { provider: 'wallet', operation: 'refund' };

describe('errors of a provider', () => {
  it.each([
    [new Rejected('no', { ...details, reason: 'order_paid', code: 'ORDERPAID' }), 'Rejected', false],
    [new NotReached('refused', details), 'NotReached', false],
    [new OutcomeUnknown('reset', details), 'OutcomeUnknown', true],
    [new UntrustedMessage('unsigned', details), 'UntrustedMessage', true],
  ])('%s says whether the money can have moved', (error, name, mayHaveHappened) => {
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ ...details, name, mayHaveHappened });
  });

  it('keeps what caused it, when something did', () => {
    const cause = new Error('socket hang up');
    expect(new OutcomeUnknown('reset', { ...details, cause }).cause).toBe(cause);
    expect('cause' in new OutcomeUnknown('reset', details)).toBe(false);
  });

  it('points at each setting that does not fit', () => {
    const error = new InvalidAccountConfig('wallet', [
      { pointer: '/secret', message: 'is too short' },
      { pointer: '/base_url', message: 'is no URL' },
    ]);
    expect(error.message).toBe(
      'The wallet account settings are not usable: /secret is too short; /base_url is no URL.',
    );
  });
});
