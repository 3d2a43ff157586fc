import type { KeyObject } from 'node:crypto';
import { objectField, readJsonObject, textField, type JsonObject } from './json-fields.js';
import { openSealed } from './sealed-content.js';

/** A notification's envelope with its content opened. */
export interface Envelope {
  /** Theirs; the same over its retries. */
  readonly id: string;
  readonly eventType: string;
  /** What the content is: `transaction`, `refund`. */
  readonly originalType: string;
  readonly content: JsonObject;
}

/** Reads and decrypts a notification whose signature has held; undefined when anything about it does not fit. */
export function readEnvelope(apiV3Key: KeyObject, body: Uint8Array): Envelope | undefined {
  const envelope = readJsonObject(body);
  const resource = objectField(envelope, 'resource');
  const id = textField(envelope, 'id');
  const eventType = textField(envelope, 'event_type');
  const originalType = textField(resource, 'original_type');
  const opened = resource && openSealed(apiV3Key, resource);
  const content = opened && readJsonObject(opened);
  return id && eventType && originalType && content ? { id, eventType, originalType, content } : undefined;
}
