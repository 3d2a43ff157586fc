export * from './friend-pay.js';
