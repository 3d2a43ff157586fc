import type { Type } from '@nestjs/common';
import type { Stores } from '@hutong/payment-core';
import { marksOf, roleFor } from '../../auth/access.js';
import { checkKnownKey } from '../../auth/check-key.js';
import type { GatewayRequest } from '../request.js';
import type { ByteString } from './byte-string.js';
import { readPlainly } from './plain-reading.js';

/**
 * A second, shorter way through a GET route of an app, for requests with nothing unusual about them: the same key, the same
 * query class and the same use case, without the parts of the chain that would find nothing to do, and without waiting: what
 * it needs is in memory. What it does not answer goes the ordinary way, which is the only one that asks stores or refuses.
 */
export interface FastLane<Q extends object = object> {
  readonly controller: Type;
  /** The handler's name. */
  readonly handler: string;
  readonly query: new () => Q;
  /** The JSON that the handler's answer would be, byte for byte; undefined: the ordinary way. Waits for nothing. */
  answer(app: string, query: Q, request: GatewayRequest): ByteString | undefined;
}

/** What a lane makes of a request; undefined: the ordinary way. A refusal of any kind is the ordinary way's to word. */
export type Shortcut = (request: GatewayRequest) => ByteString | undefined;

/** @throws Error for a route that is not an app's own to read */
export function shortcutOf(lane: FastLane, stores: Pick<Stores, 'recent'>): Shortcut {
  const { controller, handler } = lane;
  const { access, role = roleFor('app', 'GET') } = marksOf(methodOf(controller, handler), controller);
  if (access !== 'app') throw new Error(`${controller.name}.${handler} is not read with an app's key: no lane for it.`);
  return (request) => {
    try {
      const query = readPlainly(lane.query, request.query as object);
      if (query === undefined) return undefined;
      const key = checkKnownKey(stores.recent, request.headers.authorization, access, role);
      return key && lane.answer(key.app!, query, request);
    } catch {
      return undefined;
    }
  };
}

export function methodOf(controller: Type, handler: string): (...args: never[]) => unknown {
  return (controller.prototype as Readonly<Record<string, (...args: never[]) => unknown>>)[handler]!;
}
