import {
  isReturnUrlAllowed,
  type AppConfig,
  type Attempt,
  type MethodList,
  type PaymentRecord,
} from '@hutong/payment-core';
import type { Scene } from '@hutong/payment-port';
import { moneyText } from '../money-text.js';
import type { Visitor } from '../visitor.js';
import { cashierPath } from './cashier-url.js';
import { CASHIER_COPY, type CashierCopy } from './copy.js';
import type { RefusalWords } from './refusal-words.js';

/** What every part of the cashier draws from. */
export interface CashierView {
  readonly record: PaymentRecord;
  readonly app: AppConfig;
  readonly visitor: Visitor;
  readonly scene: Scene;
  readonly now: Date;
  readonly copy: CashierCopy;
  readonly path: string;
  /** `¥12.99`. */
  readonly amount: string;
  /** Where the payer may go back to, judged at this moment. */
  readonly returnPath: string | undefined;
}

/** What the payer is in the middle of, beside the list or in its place. */
export interface OpenCashier extends CashierView {
  readonly list: MethodList | undefined;
  readonly attempt: Attempt | undefined;
  readonly refusal: RefusalWords | undefined;
}

export function cashierView(
  record: PaymentRecord,
  app: AppConfig,
  at: Pick<CashierView, 'visitor' | 'scene' | 'now'>,
): CashierView {
  const { payment } = record;
  const path = cashierPath(payment);
  return {
    ...at,
    record,
    app,
    path,
    copy: CASHIER_COPY[at.visitor.language],
    amount: moneyText(payment.amount, at.visitor.language),
    returnPath: mayReturn(record, app) ? `${path}/return` : undefined,
  };
}

/** Judged again at every turn: an origin that the app gave up is no place to send anybody. */
export function mayReturn({ payment }: PaymentRecord, { returnOrigins }: AppConfig): boolean {
  return payment.returnUrl !== undefined && isReturnUrlAllowed(payment.returnUrl, returnOrigins);
}
