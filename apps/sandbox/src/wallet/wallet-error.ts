/** The codes of this wire and the status each comes with. */
export const WALLET_ERRORS = {
  invalid_request: 400,
  unauthorized: 401,
  order_not_found: 404,
  refund_not_found: 404,
  order_exists: 409,
  order_paid: 409,
  order_closed: 409,
  refund_exceeds_payment: 409,
  refund_mismatch: 409,
} as const;

export type WalletErrorCode = keyof typeof WALLET_ERRORS;

/** A "no" of the wallet: nothing moved. */
export class WalletError extends Error {
  override readonly name = 'WalletError';
  readonly status: number;

  constructor(
    readonly code: WalletErrorCode,
    message: string,
  ) {
    super(message);
    this.status = WALLET_ERRORS[code];
  }
}
