import type { Payment } from '@hutong/payment-core';

/** Where a payer sees and pays this payment. The token is all that it takes, so the address is given to the payer only. */
export function cashierUrl(publicUrl: string, payment: Pick<Payment, 'cashierToken'>): string {
  return publicUrl + cashierPath(payment);
}

export function cashierPath({ cashierToken }: Pick<Payment, 'cashierToken'>): string {
  return `/cashier/${cashierToken}`;
}
