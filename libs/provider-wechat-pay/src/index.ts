export { wechatPay } from './wechat-pay.js';
