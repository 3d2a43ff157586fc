import type {
  Acknowledgement,
  BillKind,
  BillLine,
  Clock,
  Money,
  NextAction,
  PrepareRequest,
  Product,
  RawMessage,
} from '@hutong/payment-port';

/** Two accounts at one provider with different credentials and payees; most promises use the first. */
export type AccountName = 'first' | 'second';

/** What the adapter was asked to do when it made a call. */
export type Operation = 'prepare' | 'query' | 'close' | 'refund' | 'refund_query' | 'bill' | 'identity';

/** A request as the adapter sent it. */
export interface WireCall {
  readonly operation: Operation;
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}

/** An answer as the provider would send it, signature and all. */
export interface WireAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes only for a statement's file. */
  readonly body: string | Uint8Array<ArrayBuffer>;
}

export interface TradeFacts {
  readonly reference: string;
  readonly amount: Money;
  /** In whole seconds, because wires carry no finer. */
  readonly paidAt: Date;
  readonly providerReference: string;
}

export interface RefundFacts {
  readonly reference: string;
  readonly paymentReference: string;
  readonly paymentProviderReference: string;
  readonly amount: Money;
  readonly total: Money;
  readonly refundedAt: Date;
}

/**
 * What is wrong with a statement although everything that signs, hashes or sums its bytes holds. `sums`: a closing sum is a
 * fen off. `missing_row`: its last row is not there, and its closing figures still count it. `other_day`: it is of the
 * day before. `elsewhere`: the link leads to https://elsewhere.example.com/.
 */
export type BillFlaw = 'sums' | 'missing_row' | 'other_day' | 'elsewhere';

export interface BillFacts {
  readonly kind: BillKind;
  readonly date: string;
  /** What the statement tells; the harness writes what its wire has columns for. */
  readonly lines: readonly BillLine[];
  readonly flaw?: BillFlaw;
}

/**
 * What is true at the provider when a call arrives; the harness puts it into the wire's own words.
 * `unlisted`: the order is there, in a state that no document names. `unknown`: no such order, or no such refund.
 * `refunded`: paid, then given back in full. `refused`: the provider says no to this call, for any business reason.
 * `in_trouble`: the provider's own genuine "system error, try again". `signed_in`: the sign-in code is this payer's.
 * `code_refused`: the code is used, late or foreign. `secret_refused`: it does not take our word for who we are.
 */
export type Truth =
  | { readonly is: 'unknown' | 'refused' | 'in_trouble' | 'bill_not_ready' | 'bill_empty' }
  | { readonly is: 'billed'; readonly bill: BillFacts }
  | { readonly is: 'signed_in'; readonly payer: string }
  | { readonly is: 'code_refused' | 'secret_refused' }
  | { readonly is: 'awaiting_payer' | 'paid' | 'closed' | 'refunded' | 'unlisted'; readonly trade: TradeFacts }
  | { readonly is: 'refund_succeeded'; readonly refund: RefundFacts };

/** What a notification reports. The same news twice is the same message delivered again. */
export type News =
  { readonly of: 'payment'; readonly trade: TradeFacts } | { readonly of: 'refund'; readonly refund: RefundFacts };

/**
 * How a message is made untrustworthy. `tampered`: the content (or, where there is none, the signature) was changed
 * after signing. `unsigned`: everything but the signature. `wrong_key`: well signed by somebody else's key.
 * `stale`: well signed, ten minutes ago.
 */
export type Forgery = 'tampered' | 'unsigned' | 'wrong_key' | 'stale';

/** What the provider reads out of a prepared payment. */
export interface Understood {
  readonly reference: string;
  readonly amount: Money;
  readonly description: string;
  readonly notifyUrl: string | undefined;
  /** Undefined where the wire was told none. */
  readonly expiresAt: Date | undefined;
}

/** The provider's side of one account's wire, in memory, with real signatures. */
export interface ProviderWire {
  answer(call: WireCall, truth: Truth, forgery?: Forgery): WireAnswer | Promise<WireAnswer>;
  /**
   * Reads what was asked for, out of the call or, for a product that makes none, out of the action.
   * Throws when the request's own signature does not hold.
   */
  understand(sent: {
    readonly call: WireCall | undefined;
    readonly action: NextAction;
  }): Understood | Promise<Understood>;
  /** Needed when the adapter reads notifications. Undefined for news that this wire never sends. */
  notification?(news: News, forgery?: Forgery): RawMessage | undefined | Promise<RawMessage | undefined>;
}

export interface ProductHarness {
  /** What this product needs beside the common request: an openid, a return URL, the payer's code. */
  readonly request?: Partial<PrepareRequest>;
  /** False where the order is signed here and born in the wallet. */
  readonly calls: boolean;
}

/** What a provider's spec supplies: settings, and the provider's side of the wire. */
export interface ContractHarness {
  settings(account: AccountName): Readonly<Record<string, unknown>>;
  /** One account of this provider as `GET /__sandbox/accounts` lists it. */
  readonly sandboxAccount: Readonly<Record<string, unknown>>;
  wire(account: AccountName, clock: Clock): ProviderWire;
  readonly products: Readonly<Partial<Record<Product, ProductHarness>>>;
  /** A payer's id as this wire writes them; needed when the adapter tells who the payer is. */
  readonly payerId?: string;
  /** Whether the wire takes this text as an order's description: its limits, as its document says them. */
  descriptionFits(text: string): boolean;
  /** Whether the provider takes this answer to a notification as "received, do not send again". */
  takesAsReceived(answer: Acknowledgement): boolean;
  /** What the provider's document asks for when a genuine notification does not match what we hold. */
  readonly mismatchIsReceived: boolean;
}
