import { HttpException } from '@nestjs/common';
import { PaymentProblem } from '@hutong/payment-core';
import { problemDocument } from './problem-document.js';

/** A refusal of the HTTP edge itself, with its own status and code. */
export class Refusal extends HttpException {
  constructor(
    status: number,
    readonly code: string,
    detail: string,
    readonly errors?: PaymentProblem['errors'],
  ) {
    super(detail, status);
  }

  document(requestId: string) {
    return problemDocument(this.getStatus(), this.code, this.message, requestId, {
      errors: this.errors,
      extra: undefined,
    });
  }
}
