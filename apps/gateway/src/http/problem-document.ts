import { STATUS_CODES } from 'node:http';
import type { PaymentProblem, ProblemKind } from '@hutong/payment-core';

/** RFC 9457, with our `code`, `errors` and `request_id`. */
export interface ProblemDocument {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[];
  readonly request_id: string;
  readonly [extra: string]: unknown;
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

export const PROBLEM_STATUS = {
  invalid: 400,
  not_found: 404,
  conflict: 409,
  provider_refused: 502,
  unavailable: 503,
} as const satisfies Record<ProblemKind, number>;

export function problemDocument(
  status: number,
  code: string,
  detail: string,
  requestId: string,
  more: Pick<PaymentProblem, 'errors' | 'extra'> | Record<string, never> = {},
): ProblemDocument {
  return {
    ...more.extra,
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail,
    ...(more.errors === undefined ? {} : { errors: more.errors }),
    request_id: requestId,
  };
}
