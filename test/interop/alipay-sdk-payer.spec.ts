import { randomUUID } from 'node:crypto';
import type { Sandbox } from '@hutong/sandbox';
import type { AlipaySdk } from 'alipay-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Payer } from '../e2e/support/payer.js';
import { alipaySdkIn } from './support/alipay.js';
import { DOORS, openSandbox } from './support/door.js';
import { openShop, type Shop } from './support/shop.js';

describe.each(DOORS.flatMap((door) => [[door, 'key'] as const, [door, 'certificate'] as const]))(
  'what npm alipay-sdk makes for the payer, over %s in %s mode',
  (door, mode) => {
    let sandbox: Sandbox;
    let url: string;
    let payer: Payer;
    let shop: Shop;
    let sdk: AlipaySdk;

    beforeAll(async () => {
      ({ sandbox, url } = await openSandbox(door));
      payer = new Payer(sandbox.url);
      shop = await openShop();
      sdk = await alipaySdkIn(mode, payer, url);
    });
    afterAll(() => Promise.all([sandbox.close(), shop.close()]));

    const order = (product_code: string) => ({
      out_trade_no: `pay_${randomUUID().replaceAll('-', '')}`.slice(0, 30),
      total_amount: '12.99',
      subject: '春笋 500 克',
      product_code,
    });

    /** Paid, told of it by a notification that both checks of the SDK accept, and that neither accepts once it is changed. */
    async function paidAndTold(number: string): Promise<Readonly<Record<string, string>> | undefined> {
      const asked = await sdk.exec(
        'alipay.trade.query',
        { bizContent: { out_trade_no: number } },
        { validateSign: true },
      );
      expect(asked).toMatchObject({ tradeStatus: 'TRADE_SUCCESS', totalAmount: '12.99' });
      await sandbox.settled();
      const form = shop.forms.findLast((it) => it['out_trade_no'] === number);
      expect(form).toMatchObject({ trade_status: 'TRADE_SUCCESS', total_amount: '12.99' });
      expect([sdk.checkNotifySign({ ...form }), sdk.checkNotifySignV2({ ...form })]).toEqual([true, true]);
      const changed = { ...form, total_amount: '0.01' };
      expect([sdk.checkNotifySign({ ...changed }), sdk.checkNotifySignV2({ ...changed })]).toEqual([false, false]);
      return form;
    }

    it('pageExec by GET: an address that a browser opens and pays', async () => {
      const bizContent = order('FAST_INSTANT_TRADE_PAY');
      const address = sdk.pageExec('alipay.trade.page.pay', 'GET', { bizContent, notifyUrl: shop.notifyUrl });
      const page = await fetch(address);
      expect(page.headers.get('content-type')).toMatch(/text\/html/);
      expect(await page.text()).toContain('12.99');
      await payer.pay({ type: 'redirect', url: address });
      expect(await paidAndTold(bizContent.out_trade_no)).toMatchObject({ subject: bizContent.subject });
    });

    it('pageExec by POST: a form that a browser sends and pays', async () => {
      const bizContent = order('QUICK_WAP_WAY');
      const html = sdk.pageExec('alipay.trade.wap.pay', 'POST', { bizContent, notifyUrl: shop.notifyUrl });
      const action = /action="([^"]+)"/.exec(html)?.[1] ?? '';
      const fields = [...html.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => {
        return [name, unescaped(value)] as const;
      });
      const form: Record<string, string> = Object.fromEntries(fields);
      expect(action.startsWith(url)).toBe(true);
      const page = await fetch(unescaped(action), { method: 'POST', body: new URLSearchParams(form) });
      expect(await page.text()).toContain('12.99');
      await payer.pay({ type: 'redirect', url: unescaped(action), form });
      expect(await paidAndTold(bizContent.out_trade_no)).toMatchObject({ subject: bizContent.subject });
    });

    it('sdkExec: an order string that the wallet app takes and pays', async () => {
      const bizContent = order('QUICK_MSECURITY_PAY');
      const order_string = sdk.sdkExec('alipay.trade.app.pay', { bizContent, notifyUrl: shop.notifyUrl });
      await payer.pay({ type: 'invoke_sdk', sdk: 'alipay_app', params: { order_string } });
      expect(await paidAndTold(bizContent.out_trade_no)).toMatchObject({ subject: bizContent.subject });
    });
  },
);

/** As a browser reads an attribute. */
function unescaped(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&');
}
