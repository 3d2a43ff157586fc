export { createSandbox, type Sandbox, type SandboxOptions } from './sandbox.js';
export type { Delivery } from './frame/notifier.js';
export type { FaultRule } from './frame/fault-rule.js';
export type { LoggedRequest } from './frame/request-log.js';
export type { NextAction } from './frame/next-action.js';
export type { Trade } from './frame/trade.js';
