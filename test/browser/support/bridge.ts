import type { Street } from './street.js';
import type { Visitor } from './visitor.js';

/** What the payer does on the wallet's sheet. */
export type Decision = 'pays' | 'closes';

/**
 * WeChat's own browser: a `WeixinJSBridge` that opens the wallet's sheet for the parameters that it is handed, in the sandbox,
 * and tells what came of it as WeChat does. Decisions are taken in turn; the last one stays.
 */
export async function giveWechatBridge(street: Street, visitor: Visitor, decisions: readonly Decision[]) {
  const left = [...decisions];
  await visitor.context.exposeBinding('sandboxSheet', async ({ page }, params: Record<string, string>) => {
    const decision = left.length > 1 ? left.shift() : left[0];
    const next_action = { type: 'invoke_sdk', sdk: 'wechat_jsapi', params };
    const { status, body } = await street.payer.control('POST', '/open', { next_action, page_url: page.url() });
    if (status !== 200) return 'get_brand_wcpay_request:fail';
    if (decision === 'closes') return 'get_brand_wcpay_request:cancel';
    await street.payer.confirm(body.data.id);
    return 'get_brand_wcpay_request:ok';
  });
  await visitor.context.addInitScript(`
    window.WeixinJSBridge = {
      invoke(name, params, callback) {
        if (name !== 'getBrandWCPayRequest') return callback({ err_msg: name + ':fail' });
        window.sandboxSheet(params).then((err_msg) => callback({ err_msg }));
      },
    };
  `);
}

/** An app's web view: the app's own object takes the message, its SDK asks the wallet, and the page is told that it is back. */
export async function giveNativeApp(street: Street, visitor: Visitor) {
  const told: unknown[] = [];
  await visitor.context.exposeBinding('sandboxApp', async (_source, message: string) => {
    const { type, sdk, params } = JSON.parse(message) as { type: string; sdk: string; params: object };
    told.push({ type, sdk });
    await street.payer.pay({ type: 'invoke_sdk', sdk, params });
  });
  await visitor.context.addInitScript(`
    window.HutongNative = {
      postMessage(message) {
        window.sandboxApp(message).then(() => window.dispatchEvent(new Event('hutong:returned')));
      },
    };
  `);
  return told;
}
