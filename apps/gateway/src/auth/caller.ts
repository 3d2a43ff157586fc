import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { GatewayRequest } from '../http/request.js';

/** The app whose key the request carries. The guard has run: it is there on every app route. */
export const CallingApp = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const app = context.switchToHttp().getRequest<GatewayRequest>().apiKey?.app;
  if (typeof app !== 'string') throw new Error('CallingApp on a route without an app key.');
  return app;
});
