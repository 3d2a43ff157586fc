export { wechatPayWire } from './wechat-pay.js';
