import { SetMetadata, type Type } from '@nestjs/common';
import type { KeyRole } from '@hutong/payment-core';

/** Who may call a route. Without a mark it is `app`: nothing is open by accident. */
export type Access = 'app' | 'admin' | 'public';

export const ACCESS = Symbol('access');
export const ROLE = Symbol('role');

/** Open to anybody: health, documents, notifications (which carry their own proof). */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(ACCESS, 'public' satisfies Access);

/** For admin keys only: reading for every role, the rest for an editor. */
export const AdminOnly = (): MethodDecorator & ClassDecorator => SetMetadata(ACCESS, 'admin' satisfies Access);

/** The role that this route takes, where it is not the one that its HTTP method says. */
export const NeedsRole = (role: KeyRole): MethodDecorator & ClassDecorator => SetMetadata(ROLE, role);

/** The role that a call needs where the route does not say: reading is for all, changing is not. */
export function roleFor(access: Exclude<Access, 'public'>, httpMethod: string): KeyRole {
  const reads = httpMethod === 'GET' || httpMethod === 'HEAD';
  if (access === 'app') return reads ? 'reader' : 'merchant';
  return reads ? 'viewer' : 'editor';
}

/** What a route is marked with, for all of its life. */
export interface Marks {
  readonly access: Access;
  /** Undefined where the HTTP method says it. */
  readonly role: KeyRole | undefined;
}

/** The marks of a handler, or of its class. */
export function marksOf(handler: object, controller: Type): Marks {
  const own = (mark: symbol): unknown => Reflect.getMetadata(mark, handler) ?? Reflect.getMetadata(mark, controller);
  return { access: (own(ACCESS) as Access | undefined) ?? 'app', role: own(ROLE) as KeyRole | undefined };
}
