import type { components } from './openapi.js';

export type ProblemDocument = components['schemas']['ProblemSchema'];

/** A refusal of the gateway (RFC 9457): switch on `code`, show or log `detail`, quote `requestId`. */
export class HutongProblem extends Error {
  override readonly name = 'HutongProblem';
  readonly status: number;
  /** `snake_case`, stable. */
  readonly code: string;
  /** For people: what to try instead. */
  readonly detail: string;
  /** Which fields, by JSON Pointer or parameter name. */
  readonly errors: readonly { readonly pointer: string; readonly message: string }[];
  readonly requestId: string;

  constructor(
    /** Everything that was answered; some problems carry members of their own. */
    readonly document: ProblemDocument & Readonly<Record<string, unknown>>,
    /** Of the call that was refused: the same key takes up the same call. */
    readonly idempotencyKey: string | undefined,
  ) {
    super(`${document.status} ${document.code}: ${document.detail} (${document.request_id})`);
    this.status = document.status;
    this.code = document.code;
    this.detail = document.detail;
    this.errors = document.errors ?? [];
    this.requestId = document.request_id;
  }
}

/** The call never left this machine, or was a question only: nothing happened, and the same call may go again. */
export class NotReached extends Error {
  override readonly name = 'NotReached';
}

/**
 * The call was sent and no answer that can be read came back: it may have happened. Ask (by order number, by id), or make
 * the same call again with this key, which does not do it twice. Never take it for a failure.
 */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';

  constructor(
    message: string,
    readonly idempotencyKey: string | undefined,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
