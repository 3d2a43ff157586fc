export * from './production.js';
export * from './secret.js';
export * from './settings.js';
