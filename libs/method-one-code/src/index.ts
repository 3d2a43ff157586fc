export * from './one-code.js';
