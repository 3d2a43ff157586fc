import { describe, expect, it } from 'vitest';
import type { PaymentProvider, Payments, Prepare, Refunds, Snapshot } from './index.js';

/**
 * What must not compile. `@ts-expect-error` makes the compiler fail when a line is accepted; test/compile-probes.spec.ts takes
 * these comments away and expects exactly the errors they name, so that the check cannot pass by itself.
 */
describe('the port does not compile', () => {
  const expiresAt = new Date(0);
  const query = async (): Promise<Snapshot> => ({ state: 'not_found' });

  it('refunds without their query', () => {
    // @ts-expect-error TS2741
    const refunds: Refunds = { refund: async () => ({ state: 'processing' }) };
    expect(refunds).not.toHaveProperty('query');
  });

  it('a QR product that redirects', () => {
    // @ts-expect-error TS2322
    const prepare: Prepare<'qr_code'> = async () => ({ type: 'redirect', url: 'https://example.com', expiresAt });
    expect(prepare).toBeTypeOf('function');
  });

  it('an action without an expiry', () => {
    // @ts-expect-error TS2322
    const prepare: Prepare<'desktop_page'> = async () => ({ type: 'redirect', url: 'https://example.com' });
    expect(prepare).toBeTypeOf('function');
  });

  it('a product that nobody defined', () => {
    // @ts-expect-error TS2353
    const payments: Payments = { query, prepare: { telepathy: async () => ({ type: 'none', expiresAt }) } };
    expect(payments.prepare).toHaveProperty('telepathy');
  });

  it('payments that cannot be queried', () => {
    // @ts-expect-error TS2741
    const payments: Payments = { prepare: {} };
    expect(payments).not.toHaveProperty('query');
  });

  it('a provider without a payee', () => {
    // @ts-expect-error TS2741
    const provider: PaymentProvider = { payments: { prepare: {}, query } };
    expect(provider).not.toHaveProperty('payee');
  });

  it('a paid snapshot without its evidence', () => {
    // @ts-expect-error TS2322
    const snapshot: Snapshot = { state: 'paid', paidAt: new Date(0), providerReference: '1', payee: 'm' };
    expect(snapshot).not.toHaveProperty('amount');
  });
});
