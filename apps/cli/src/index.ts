export { hutong } from './program.js';
export { readSeedFiles } from './seed/read-seed-files.js';
export { resolveAccounts } from './sandbox-accounts.js';
