/** A verified notification as it came, kept before it is acted upon. */
export interface InboxEntry {
  readonly id: string;
  readonly provider: string;
  readonly accountId: string;
  readonly accountVersion: number;
  /** The provider's id of the message. */
  readonly messageId: string;
  readonly subject: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly receivedAt: Date;
}

export interface InboxStore {
  /** Unique on (provider, account, message id). Answers the row's id and, once its effect was applied, what came of it. */
  receive(entry: InboxEntry): Promise<{ readonly id: string; readonly outcome?: string }>;
  /** Marks the effect as applied, with what came of it. */
  markApplied(id: string, outcome: string): Promise<void>;
}
