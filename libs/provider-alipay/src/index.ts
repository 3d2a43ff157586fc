export { alipay } from './alipay.js';
