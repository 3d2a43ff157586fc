/** Injection tokens for what the application hands in. */
export const CORE = Symbol('CoreContext');
export const SETTINGS = Symbol('Settings');
/** The `Resolve` with which webhook URLs are looked up when they are registered. */
export const RESOLVE = Symbol('Resolve');
/** The `WebhookSender` of the worker. */
export const SENDER = Symbol('WebhookSender');
