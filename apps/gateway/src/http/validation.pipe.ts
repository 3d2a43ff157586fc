import { ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import type { ValidatorOptions } from 'class-validator';
import { isPlainlyValid } from './proof-of-validity.js';
import { Refusal } from './refusal.js';

interface FieldError {
  readonly pointer: string;
  readonly message: string;
}

/** Bodies and queries are read into their classes; unknown fields are refused, every error points at its field. */
export function validationPipe(): ValidationPipe {
  return new RequestPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    exceptionFactory: (errors) => refusal(errors.flatMap((error) => flatten(error, ''))),
  });
}

/** A body that is no object at all would otherwise pass a class without required fields. */
export class RequestPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    // Where no field is required, none need be sent.
    if (metadata.type === 'body' && value === undefined) return super.transform({}, metadata);
    if (metadata.type === 'body' && (typeof value !== 'object' || value === null || Array.isArray(value))) {
      throw refusal([{ pointer: '', message: 'must be a JSON object' }]);
    }
    return super.transform(value, metadata);
  }

  /** Most requests are valid, which is cheaper to see than to refute. */
  protected override validate(entity: object, options?: ValidatorOptions) {
    return isPlainlyValid(entity) ? [] : super.validate(entity, options);
  }
}

function refusal(errors: readonly FieldError[]): Refusal {
  const first = errors[0];
  return new Refusal(
    400,
    'invalid_request',
    first ? `${first.pointer} ${first.message}`.trim() : 'The request is malformed.',
    errors,
  );
}

function flatten(error: ValidationError, parent: string): FieldError[] {
  const pointer = `${parent}/${error.property}`;
  // One sentence per field: that of the decorator nearest to the top, which says what the field is.
  const own = Object.entries(error.constraints ?? {})
    .slice(-1)
    .map(([rule, message]) => ({
      pointer,
      message: rule === 'whitelistValidation' ? 'is not a field of this request' : withoutName(message, error.property),
    }));
  return [...own, ...(error.children ?? []).flatMap((child) => flatten(child, pointer))];
}

/** class-validator starts its sentences with the field's name, which the pointer says already. */
function withoutName(message: string, property: string): string {
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}
