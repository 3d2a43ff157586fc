/** Injection tokens for what the application hands in. */
export const CORE = Symbol('CoreContext');
export const SETTINGS = Symbol('Settings');
