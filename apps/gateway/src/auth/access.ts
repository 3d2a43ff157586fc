import { SetMetadata } from '@nestjs/common';

/** Who may call a route. Without a mark it is `app`: nothing is open by accident. */
export type Access = 'app' | 'admin' | 'public';

export const ACCESS = Symbol('access');

/** Open to anybody: health, documents, notifications (which carry their own proof). */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(ACCESS, 'public' satisfies Access);

/** For admin keys only. */
export const AdminOnly = (): MethodDecorator & ClassDecorator => SetMetadata(ACCESS, 'admin' satisfies Access);
