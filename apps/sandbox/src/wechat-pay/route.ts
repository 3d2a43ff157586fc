import type { Arrived } from '../frame/arrived.js';
import type { FaultOperation } from '../frame/fault-rule.js';
import type { WechatAccount } from './account.js';
import type { WechatContext } from './context.js';

/** One signed call of the wire. */
export interface Route {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly operation: FaultOperation;
  /** Whose call it is; absent: anybody's. */
  readonly mode?: 'merchant' | 'partner';
  /** Does it for a verified merchant; the answer's body, or a promise of it; undefined is 204, a file goes unsigned. */
  run(arrived: Arrived, account: WechatAccount, context: WechatContext): unknown;
}
