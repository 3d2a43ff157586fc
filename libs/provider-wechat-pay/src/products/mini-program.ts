import type { Prepare } from '@hutong/payment-port';
import type { WechatPayClient } from '../wechat-pay.client.js';
import { jsapiSheet } from './jsapi-sheet.js';

/** A mini-program orders as JSAPI does, under its own app id. */
export function miniProgram(client: WechatPayClient): Prepare<'mini_program'> {
  return (request) =>
    jsapiSheet(client, { sdk: 'wechat_mini_program', appid: client.merchant.appids.miniProgram }, request);
}
