/** The answer that a repeated request gets again, byte for byte. */
export interface StoredAnswer {
  readonly status: number;
  readonly body: string;
  /** It shows a secret, once: kept sealed until it is repeated. */
  readonly holdsSecret?: boolean;
}

export type Claim =
  /** Yours: carry on, then `complete`, or `release` with this lease. */
  | { readonly outcome: 'claimed'; readonly lease: string }
  | { readonly outcome: 'replay'; readonly answer: StoredAnswer }
  /** Somebody is working on it right now. */
  | { readonly outcome: 'running' }
  /** The key was used for another request. */
  | { readonly outcome: 'mismatch' };

/** Keys are scoped to the app; a claim whose lease has passed (the process died) may be taken over. */
export interface IdempotencyStore {
  claim(app: string, key: string, fingerprint: string, leaseMs: number): Promise<Claim>;
  complete(app: string, key: string, answer: StoredAnswer): Promise<void>;
  /** Forgets the claim: nothing final came of it (5xx). A lease that somebody took over since forgets nothing of theirs. */
  release(app: string, key: string, lease: string): Promise<void>;
  /** Deletes records older than seven days; answers how many. */
  purge(): Promise<number>;
}
