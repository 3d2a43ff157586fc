import type { RefundSnapshot, Snapshot } from './snapshot.js';

/** A message as received: header pairs in order and the untouched bytes, because signatures cover bytes. */
export interface RawMessage {
  /** Name and value as they came; names may repeat. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

/** A verified notification, in our words. */
export type Notification =
  | {
      readonly subject: 'payment';
      /** The provider's id of the message, the same over its retries. */
      readonly id: string;
      /** Our reference of the attempt. */
      readonly reference: string;
      readonly snapshot: Snapshot;
    }
  | {
      readonly subject: 'refund';
      readonly id: string;
      /** Our reference of the attempt whose money goes back. */
      readonly reference: string;
      /** Our reference of the refund. */
      readonly refundReference: string;
      readonly payee: string;
      readonly snapshot: RefundSnapshot;
    }
  | { readonly subject: 'other'; readonly id: string; readonly kind: string };

/**
 * How the gateway ended up with a notification. `accepted`: committed. `mismatch`: genuine, but not for what we hold;
 * it moved nothing and waits for a person. `untrusted`: did not verify. `failed`: could not be stored, send it again.
 */
export type NotificationVerdict = 'accepted' | 'mismatch' | 'untrusted' | 'failed';

/** What to answer, as the provider's own document asks. */
export interface Acknowledgement {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}
