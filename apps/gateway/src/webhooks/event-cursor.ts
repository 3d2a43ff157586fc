import type { RecordedEvent } from '@hutong/payment-core';
import { Refusal } from '../http/refusal.js';

type Place = Pick<RecordedEvent, 'createdAt' | 'id'>;

const FORM = /^(\d{1,15}) (evt_\w{1,60})$/;

/** Where a page ended, as a text that says nothing to whoever passes it on. */
export function cursorOf({ createdAt, id }: Place): string {
  return Buffer.from(`${createdAt.getTime()} ${id}`).toString('base64url');
}

/** @throws Refusal 400 */
export function placeOf(cursor: string): Place {
  const [, time, id] = FORM.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  const createdAt = new Date(Number(time));
  if (id !== undefined && !Number.isNaN(createdAt.getTime())) return { createdAt, id };
  throw new Refusal(400, 'invalid_request', '/after must be the next of a page before.', [
    { pointer: '/after', message: 'must be the next of a page before' },
  ]);
}
