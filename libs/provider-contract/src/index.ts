export * from './describe-provider-contract.js';
export * from './harness.js';
export { rules, type RuleId } from './rules.js';
