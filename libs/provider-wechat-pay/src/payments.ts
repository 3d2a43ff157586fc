import type { Payments, Snapshot } from '@hutong/payment-port';
import { closeOrder } from './close-order.js';
import { findOrder } from './order-query.js';
import { appSdk } from './products/app-sdk.js';
import { miniProgram } from './products/mini-program.js';
import { mobilePage } from './products/mobile-page.js';
import { payerCode } from './products/payer-code.js';
import { qrCode } from './products/qr-code.js';
import { walletBrowser } from './products/wallet-browser.js';
import type { WechatPayClient } from './wechat-pay.client.js';

export function wechatPayments(client: WechatPayClient): Payments {
  return {
    prepare: {
      app_sdk: appSdk(client),
      mini_program: miniProgram(client),
      wallet_browser: walletBrowser(client),
      mobile_page: mobilePage(client),
      qr_code: qrCode(client),
      payer_code: payerCode(client),
    },
    query: (reference) => query(client, reference),
    close: (reference) => closeOrder(client, reference),
  };
}

async function query(client: WechatPayClient, reference: string): Promise<Snapshot> {
  return (await findOrder(client, reference))?.snapshot ?? { state: 'not_found' };
}
