import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { Refusal } from './refusal.js';
import type { GatewayRequest } from './request.js';

/** An object's version as an entity tag (RFC 9110 §8.8.3). */
export function versionTag(version: number): string {
  return `"${version}"`;
}

/** The version in `If-Match`: what the caller read before it changed something. Without it nothing is changed. */
export const ExpectedVersion = createParamDecorator((_: unknown, context: ExecutionContext): number => {
  const version = expectedVersion(context.switchToHttp().getRequest<GatewayRequest>());
  if (version !== undefined) return version;
  throw new Refusal(428, 'precondition_required', 'Send If-Match with the ETag of what you read, such as "3".');
});

/** The version in `If-Match`; undefined without one. @throws Refusal 400 when it is none of our tags */
export function expectedVersion(request: GatewayRequest): number | undefined {
  const header = request.headers['if-match'];
  if (header === undefined) return undefined;
  const digits = /^"(\d{1,9})"$/.exec(header)?.[1];
  if (digits !== undefined) return Number(digits);
  throw new Refusal(400, 'invalid_request', 'If-Match must be an ETag as it was answered, such as "3".');
}
