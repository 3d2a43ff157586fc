/** Where the wallet's sign-in sends the browser afterwards. */
export interface SignIn {
  /** Absolute address of a page of ours; the wallet adds `code` and `state` to its query. */
  readonly returnUrl: string;
  /** Comes back unchanged; at most 128 bytes. Ties the answer to the browser that asked. */
  readonly state: string;
}

/**
 * Tells who it is that opened a page in the wallet's own browser. Without it only the merchant's call can say so. What it learns is
 * an id under this account's app id, no name and no number, and proof of nothing but of having been there.
 */
export interface PayerIdentity {
  /**
   * The address that sends the browser to the wallet's sign-in and back. Makes no call, and holds no secret.
   * @throws Rejected `invalid_request` for a state that the wire does not carry whole
   */
  authorizeUrl(signIn: SignIn): string;
  /**
   * The payer's id at the wallet for this account's app id, which JSAPI needs as `openid`. A code is good once, for minutes.
   * @throws Rejected `payer_unfit` for a code that is used, too old or somebody else's (send the browser to sign in again),
   * `invalid_configuration` when the account's secret is refused; NotReached; OutcomeUnknown: the code may be used up
   */
  payerOf(code: string): Promise<string>;
}
