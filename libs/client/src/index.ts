export { HutongProblem, NotReached, OutcomeUnknown, type ProblemDocument } from './errors.js';
export { createHutong, type Call, type Hutong, type HutongOptions } from './hutong.js';
export type { components, paths } from './openapi.js';
export type { CallOptions, Language } from './operation.js';
export type { TransportOptions } from './transport.js';
export {
  UntrustedWebhook,
  WEBHOOK_EVENT_TYPES,
  type WebhookDistrust,
  type WebhookEvent,
  type WebhookEventType,
  type WebhookHeaders,
} from './webhook/webhook-event.js';
export { signWebhookForTest, type WebhookForTest } from './webhook/sign-webhook-for-test.js';
export { verifyWebhook, type WebhookToVerify } from './webhook/verify-webhook.js';
export type * from './words.js';
