import type { LocalText, Money } from '@hutong/payment-port';
import type { CoreContext } from '../core-context.js';
import { hasWallet, type PaymentRecord, type ScanCodeAttempt } from '../payment.js';
import type { AppConfig } from '../options/option-config.js';
import { readScanCodeToken } from './scan-code-token.js';

/** `replaced`: the owner asked for a fresh code, or chose to pay in another way. */
export type ScanCodeState = 'alive' | 'paid' | 'expired' | 'canceled' | 'replaced';

/** What whoever scans may see: what is paid for, to whom, and nothing of its owner. */
export interface ScanCode {
  readonly state: ScanCodeState;
  readonly app: { readonly id: string; readonly name: LocalText; readonly branding: AppConfig['branding'] };
  readonly description: string;
  readonly amount: Money;
  /** When the code dies; who has begun to pay by then may finish. */
  readonly expiresAt: Date;
}

/** A code with all that hangs on its payment; for use inside. */
export interface LoadedScanCode {
  readonly code: ScanCodeAttempt;
  readonly record: PaymentRecord;
  readonly state: ScanCodeState;
}

/** The code behind a token; undefined for a token that is not ours, which costs no read of the database. */
export async function findScanCode(core: CoreContext, token: string): Promise<ScanCode | undefined> {
  const found = await loadScanCode(core, token);
  if (found === undefined) return undefined;
  const { code, record, state } = found;
  const { app, description, amount } = record.payment;
  const known = await core.stores.config.findApp(app);
  if (known === undefined) return undefined;
  const { id, name, branding } = known;
  return { state, app: { id, name, branding }, description, amount, expiresAt: code.expiresAt };
}

export async function loadScanCode(core: CoreContext, token: string): Promise<LoadedScanCode | undefined> {
  const id = readScanCodeToken(core.stores, token);
  const code = id === undefined ? undefined : await core.stores.payments.findAttemptByReference(id);
  if (code === undefined || hasWallet(code)) return undefined;
  const record = await core.stores.payments.loadPayment(code.paymentId);
  return record && { code, record, state: stateOf(code, record, core.clock.now()) };
}

function stateOf(code: ScanCodeAttempt, { payment }: PaymentRecord, now: Date): ScanCodeState {
  if (payment.status === 'paid') return 'paid';
  if (payment.status === 'closed') return payment.closedReason ?? 'expired';
  if (payment.expiresAt <= now || code.expiresAt <= now) return 'expired';
  return code.status === 'awaiting_payer' ? 'alive' : 'replaced';
}
