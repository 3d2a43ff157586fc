export { SHOPS } from './shops/shops.js';
export type { Shop } from './shops/shop.js';
export { createStorefront, type StorefrontParts } from './storefront.js';
export { webhookSecretsOf } from './webhook-secrets.js';
