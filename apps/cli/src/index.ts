export { hutong } from './program.js';
export { readSeedFiles } from './seed/read-seed-files.js';
export { schemaText } from './seed/schema-text.js';
export { resolveAccounts } from './sandbox-accounts.js';
