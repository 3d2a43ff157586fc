export { wallet } from './wallet.js';
