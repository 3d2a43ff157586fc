import { newId } from './ids.js';
import type { EventType, NewEvent } from './event.js';

/** An event about a payment, to be committed with the change it reports. */
export function eventOf(
  type: EventType,
  about: { readonly app: string; readonly paymentId: string },
  data: Readonly<Record<string, unknown>>,
  now: Date,
): NewEvent {
  return { id: newId('evt', now), type, app: about.app, paymentId: about.paymentId, data, createdAt: now };
}
