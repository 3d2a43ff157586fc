import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { hashKey, isKeyOfKind, type CoreContext } from '@hutong/payment-core';
import { Refusal } from '../http/refusal.js';
import type { GatewayRequest } from '../http/request.js';
import { CORE } from '../tokens.js';
import { ACCESS, type Access } from './access.js';

/** Checks the bearer key of every route; app routes see only the objects of the app that the key belongs to. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(CORE) private readonly core: CoreContext,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access =
      this.reflector.getAllAndOverride<Access>(ACCESS, [context.getHandler(), context.getClass()]) ?? 'app';
    if (access === 'public') return true;
    const request = context.switchToHttp().getRequest<GatewayRequest>();
    request.apiKey = await this.keyOf(request, access);
    return true;
  }

  private async keyOf(request: GatewayRequest, access: 'app' | 'admin') {
    const token = /^Bearer (\S{1,100})$/i.exec(request.headers.authorization ?? '')?.[1];
    const other = access === 'app' ? 'admin' : 'app';
    if (token !== undefined && isKeyOfKind(token, other)) {
      throw new Refusal(
        403,
        'forbidden',
        `This route takes ${access === 'app' ? 'an app key (hk_…)' : 'an admin key (ha_…)'}.`,
      );
    }
    const key =
      token !== undefined && isKeyOfKind(token, access)
        ? await this.core.stores.config.findKeyByHash(hashKey(token))
        : undefined;
    if (key === undefined || key.revokedAt !== undefined || (key.app === null) !== (access === 'admin')) {
      throw new Refusal(
        401,
        'unauthorized',
        `Send Authorization: Bearer ${access === 'app' ? 'hk_…' : 'ha_…'} with a key that is valid here.`,
      );
    }
    return key;
  }
}
