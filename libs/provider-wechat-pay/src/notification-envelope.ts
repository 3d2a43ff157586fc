import { openAead } from '@hutong/provider-kit';
import type { KeyObject } from 'node:crypto';
import { objectField, readJsonObject, textField, type JsonObject } from './json-fields.js';

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
  const content = resource && openResource(apiV3Key, resource);
  return id && eventType && originalType && content ? { id, eventType, originalType, content } : undefined;
}

/** AES-256-GCM under the APIv3 key; source: pay.weixin.qq.com/doc/v3/merchant/4012071382. Associated data may be empty. */
function openResource(apiV3Key: KeyObject, resource: JsonObject): JsonObject | undefined {
  const nonce = textField(resource, 'nonce');
  const ciphertext = textField(resource, 'ciphertext');
  if (resource['algorithm'] !== 'AEAD_AES_256_GCM' || nonce === undefined || ciphertext === undefined) return undefined;
  try {
    return readJsonObject(
      openAead(apiV3Key, { nonce, ciphertext, associatedData: textField(resource, 'associated_data') ?? '' }),
    );
  } catch {
    return undefined;
  }
}
