export { DatabaseInUse } from './data-dir-lock.js';
export { MigrationsPending } from './migrate.js';
export { openStores, type OpenStoresOptions } from './open-stores.js';
export { SealBroken } from './sealed-secrets.js';
