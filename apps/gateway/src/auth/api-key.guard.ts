import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { hashKey, isKeyOfKind, mayActAs, type ApiKey, type CoreContext, type KeyRole } from '@hutong/payment-core';
import { Refusal } from '../http/refusal.js';
import type { GatewayRequest } from '../http/request.js';
import { CORE } from '../tokens.js';
import { ACCESS, ROLE, roleFor, type Access } from './access.js';

interface Marks {
  readonly access: Access;
  readonly role: KeyRole | undefined;
}

/** Checks the bearer key of every route; app routes see only the objects of the app that the key belongs to. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  private readonly marks = new Map<unknown, Marks>();

  constructor(
    private readonly reflector: Reflector,
    @Inject(CORE) private readonly core: CoreContext,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { access, role } = this.marksOf(context);
    if (access === 'public') return true;
    const request = context.switchToHttp().getRequest<GatewayRequest>();
    const key = await this.keyOf(request, access);
    refuseUnlessMayAct(key, role ?? roleFor(access, request.method));
    request.apiKey = key;
    return true;
  }

  /** A route's marks never change: they are looked up once. */
  private marksOf(context: ExecutionContext): Marks {
    const handler = context.getHandler();
    const known = this.marks.get(handler);
    if (known !== undefined) return known;
    const targets = [handler, context.getClass()];
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, targets) ?? 'app';
    const marks = { access, role: this.reflector.getAllAndOverride<KeyRole | undefined>(ROLE, targets) };
    this.marks.set(handler, marks);
    return marks;
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

function refuseUnlessMayAct(key: ApiKey, role: KeyRole): void {
  if (mayActAs(key.role, role)) return;
  throw new Refusal(403, 'forbidden', `This call takes a key of role ${role}; yours is of role ${key.role}.`);
}
