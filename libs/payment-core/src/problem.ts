/** What sort of refusal it is; the HTTP edge turns each into one status. */
export type ProblemKind =
  | 'invalid'
  | 'not_found'
  | 'conflict'
  /** The provider refused our account or answered nonsense; the caller can't mend it. */
  | 'provider_refused'
  /** Nothing happened; try again later. */
  | 'unavailable';

export interface ProblemDetails {
  /** `snake_case`, stable: clients switch on it. */
  readonly code: string;
  readonly detail: string;
  /** JSON Pointers into the request body, or query parameter names. */
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[];
  /** Further members of the problem document. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** A request that can't be done as asked, with what to try instead. Nothing was changed. */
export class PaymentProblem extends Error {
  override readonly name = 'PaymentProblem';
  readonly code: string;
  readonly errors: ProblemDetails['errors'];
  readonly extra: ProblemDetails['extra'];

  constructor(
    readonly kind: ProblemKind,
    details: ProblemDetails,
  ) {
    super(details.detail);
    this.code = details.code;
    this.errors = details.errors;
    this.extra = details.extra;
  }
}

export function notFound(what: string): PaymentProblem {
  return new PaymentProblem('not_found', { code: 'not_found', detail: `No such ${what}.` });
}

export function conflict(code: string, detail: string, extra?: Readonly<Record<string, unknown>>): PaymentProblem {
  return new PaymentProblem('conflict', { code, detail, ...(extra === undefined ? {} : { extra }) });
}

export function invalid(pointer: string, message: string): PaymentProblem {
  return new PaymentProblem('invalid', {
    code: 'invalid_request',
    detail: `${pointer} ${message}`,
    errors: [{ pointer, message }],
  });
}
