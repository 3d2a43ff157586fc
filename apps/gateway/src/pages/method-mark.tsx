import { raw } from 'hono/html';
import type { Method } from '@hutong/payment-port';
import { readDrawing } from './assets.js';

const drawings = {
  alipay: readDrawing('marks/alipay.svg'),
  wechat: readDrawing('marks/wechat.svg'),
  scan: readDrawing('marks/scan.svg'),
  friend: readDrawing('marks/friend.svg'),
  balance: readDrawing('marks/balance.svg'),
  code: readDrawing('marks/code.svg'),
};

/** Our own mark of a method: one character in a square. */
export function MethodMark({ method }: { method: Pick<Method, 'id' | 'kind'> }) {
  return raw(drawings[markOf(method)]);
}

function markOf({ id, kind }: Pick<Method, 'id' | 'kind'>): keyof typeof drawings {
  if (kind !== 'wallet') return kind;
  if (id.startsWith('alipay')) return 'alipay';
  return id.startsWith('wechat') ? 'wechat' : 'balance';
}
