import type { Bills } from './bill.js';
import type { Diagnostics } from './diagnosis.js';
import type { Prospect } from './environment.js';
import type { PayerIdentity } from './identity.js';
import type { LocalText, Method } from './method.js';
import type { Money } from './money.js';
import type { Acknowledgement, Notification, NotificationVerdict, RawMessage } from './notification.js';
import type { Pace } from './pace.js';
import type { ActionOf, Product } from './product.js';
import type { CloseOutcome, RefundSnapshot, Snapshot } from './snapshot.js';

/** Time for business and for message timestamps. Never `new Date()` in a provider. */
export interface Clock {
  now(): Date;
}

/** The outside world, handed in: a provider reads nothing from the air. */
export interface ProviderTools {
  /** WHATWG fetch; redirects, time-outs and size caps are the caller's business (see provider-kit's http). */
  readonly fetch: typeof globalThis.fetch;
  /** Real time: signatures carry it. */
  readonly clock: Clock;
  /** A fresh random text of 32 letters and digits. */
  readonly nonce: () => string;
}

/** What starting a payment needs; limits of the wire (bytes, alphabets) are met inside the provider. */
export interface PrepareRequest {
  /** Ours: `[0-9A-Za-z_]{6,32}`, never used twice. */
  readonly reference: string;
  readonly amount: Money;
  readonly description: string;
  /** Now, in business time: what a wire grants for two hours ends two hours from here. */
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  /** Absolute URL where the provider reports. */
  readonly notifyUrl: string;
  /** Where the payer's browser goes afterwards; proof of nothing. */
  readonly returnUrl?: string;
  readonly payer?: {
    /** The payer's id at the wallet for this app id; wallet browsers and mini-programs need it. */
    readonly openid?: string;
    readonly ip?: string;
    readonly userAgent?: string;
  };
  /** The code that the payer shows, for `payer_code` only. */
  readonly authCode?: string;
}

/**
 * Starts a payment with one product and answers what the payer's device does next.
 * @throws Rejected, NotReached, OutcomeUnknown or UntrustedMessage
 */
export type Prepare<P extends Product> = (request: PrepareRequest) => Promise<ActionOf<P>>;

/** Starting and watching payments. `close` is absent where a wire cannot close. */
export interface Payments {
  readonly prepare: { readonly [P in Product]?: Prepare<P> };
  /** @throws NotReached, OutcomeUnknown, UntrustedMessage, or Rejected when the credentials are refused */
  query(reference: string): Promise<Snapshot>;
  close?(reference: string): Promise<CloseOutcome>;
}

export interface RefundRequest {
  /** Ours, of the refund: the same number on every retry. */
  readonly reference: string;
  /** Ours, of the attempt that was paid. */
  readonly paymentReference: string;
  /** Theirs, of the trade. */
  readonly paymentProviderReference: string;
  readonly amount: Money;
  /** The whole captured amount. */
  readonly total: Money;
  readonly reason?: string;
  readonly notifyUrl: string;
}

export type RefundQuery = Pick<RefundRequest, 'reference' | 'paymentReference' | 'paymentProviderReference' | 'amount'>;

/** Who refunds can query refunds: the two come together or not at all. */
export interface Refunds {
  /** Seconds that this account leaves between two refunds of one order; absent: none. Who asks sooner is refused for it. */
  readonly apartS?: number;
  refund(request: RefundRequest): Promise<RefundSnapshot>;
  query(request: RefundQuery): Promise<RefundSnapshot>;
}

/** Incoming messages: verified first, read second. */
export interface Notifications {
  /** @throws UntrustedMessage when anything about the message does not hold */
  parse(message: RawMessage): Promise<Notification>;
  acknowledge(verdict: NotificationVerdict): Acknowledgement;
}

/**
 * What a connection has to do now and then so that messages go on being verified: fetching the keys that its provider
 * replaces. The application asks; a provider has no timers of its own.
 */
export interface Upkeep {
  /** By the tools' clock: at first, then once in a while; sooner after a failure. */
  isDue(): boolean;
  /** @throws Rejected, NotReached, OutcomeUnknown or UntrustedMessage; the connection works as before */
  run(): Promise<void>;
}

/** Which of its keys a provider signed with, as its messages name it. */
export interface Signer {
  readonly kind: 'certificate' | 'public_key';
  readonly name: string;
}

/** One account at one provider, connected. A capability is a property that is there or not. */
export interface PaymentProvider {
  /** Whose money box this is, in the provider's words; equal to `Captured.payee` when a capture is ours. */
  readonly payee: string;
  readonly payments: Payments;
  readonly refunds?: Refunds;
  readonly notifications?: Notifications;
  readonly bills?: Bills;
  readonly upkeep?: Upkeep;
  /** Also absent where the account's settings lack what it needs. */
  readonly identity?: PayerIdentity;
  /**
   * Asks one question that changes nothing: the credentials hold when it is answered, and this key signed the answer.
   * @throws Rejected, NotReached, OutcomeUnknown or UntrustedMessage
   */
  askSigner?(): Promise<Signer>;
}

/** A provider as the composition root sees it. Its settings are declared once, by a decorated class inside the provider. */
export interface ProviderDefinition {
  /** `wechat_pay`; the word used in seeds, URLs and reasons. */
  readonly id: string;
  readonly title: LocalText;
  readonly methods: readonly Method[];
  /** Fields of the settings that are sealed at rest and never answered. */
  readonly secretFields: readonly string[];
  /**
   * Checks an account's settings and answers them with defaults filled in.
   * @throws InvalidAccountConfig pointing at each field that does not fit
   */
  readSettings(settings: unknown): Readonly<Record<string, unknown>>;
  /**
   * Connects one account.
   * @throws InvalidAccountConfig when the settings do not fit
   */
  connect(settings: unknown, tools: ProviderTools): PaymentProvider;
  /**
   * Whether a product can work where the payer stands, judged without asking anybody: undefined, or in one sentence what
   * is missing or stands in the way. What the merchant's call did not tell stands in nobody's way.
   */
  preflight?(settings: unknown, prospect: Prospect): string | undefined;
  /** An account as `GET /__sandbox/accounts` lists it, read as this provider's settings. For development seeds. */
  fromSandbox(account: Readonly<Record<string, unknown>>, sandboxUrl: string): Readonly<Record<string, unknown>>;
  /** How often it is asked and how its refunds go; absent: `ORDINARY_PACE`. */
  readonly pace?: Pace;
  /** Says why a signature fails. Absent where nobody has written down the wire's known mistakes. */
  readonly diagnostics?: Diagnostics;
}
