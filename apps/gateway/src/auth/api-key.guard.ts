import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { CoreContext } from '@hutong/payment-core';
import type { GatewayRequest } from '../http/request.js';
import { CORE } from '../tokens.js';
import { marksOf, roleFor, type Marks } from './access.js';
import { checkKey } from './check-key.js';

/** Checks the bearer key of every route; app routes see only the objects of the app that the key belongs to. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  private readonly marks = new Map<unknown, Marks>();

  constructor(@Inject(CORE) private readonly core: CoreContext) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { access, role } = this.marksOf(context);
    if (access === 'public') return true;
    const request = context.switchToHttp().getRequest<GatewayRequest>();
    const { authorization } = request.headers;
    const needed = role ?? roleFor(access, request.method);
    request.apiKey = await checkKey(this.core.stores.config, authorization, access, needed);
    return true;
  }

  /** A route's marks never change: they are looked up once. */
  private marksOf(context: ExecutionContext): Marks {
    const handler = context.getHandler();
    const known = this.marks.get(handler);
    if (known !== undefined) return known;
    const marks = marksOf(handler, context.getClass());
    this.marks.set(handler, marks);
    return marks;
  }
}
