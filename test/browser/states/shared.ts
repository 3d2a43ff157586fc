import type { Street } from '../support/street.js';
import { inside, once, type PageStates } from './state.js';

/** Everything that stands behind a link that is passed on: a request to a friend, one code, and what stands before both. */
export const sharedStates: PageStates = {
  apps: ['taocaicai', 'jd', 'hema', 'eleme'],
  states: (street, orders) => {
    const judged = once(() => judgeLinks(street()));
    const linkFrom = async (from: string) => {
      await judged();
      const body = { method: 'wechat_friend_pay' };
      const merchant = street().merchant('eleme');
      const { id } = await orders.create('eleme', { scene: 'app' });
      const asked = await merchant.post(`/v1/payments/${id}/friend-requests`, body);
      if (asked.status !== 201) throw new Error(JSON.stringify(asked.body));
      return `${asked.body.url}?from=${from}`;
    };
    /** The friend's own browser stays with the page that it paid on. */
    const payAsFriend = async ({
      page,
      goto,
      click,
    }: Parameters<ReturnType<PageStates['states']>[number]['reach']>[0]) => {
      const { payment, url } = await orders.ask('taocaicai');
      await goto(url);
      await click('#pay-button');
      await page.locator('.qr svg, #go-on, #hand-over').first().waitFor();
      await orders.pay(payment);
      await page.locator('#facts').waitFor();
    };
    const held = once(async () => {
      const { url } = await orders.ask('taocaicai');
      const first = await street().visitor();
      await first.goto(url);
      await first.click('#pay-button');
      await first.page.locator('.qr svg').waitFor();
      return url;
    });
    const over = once(async () => {
      const asked = await orders.ask('taocaicai');
      const { body } = await street()
        .merchant('taocaicai')
        .post(`/v1/payments/${asked.payment.id}/attempts`, { method: 'alipay', scene: 'desktop_web' });
      await street().payer.pay(body.next_action);
      await orders.paid(asked.payment);
      return asked.url;
    });
    const canceled = once(async () => {
      const { request, url } = await orders.ask('taocaicai');
      await street().merchant('taocaicai').post(`/v1/friend-requests/${request.id}/cancel`);
      return url;
    });
    const expired = once(async () => {
      const { url } = await orders.ask('taocaicai', { expires_in: 60 });
      await street().payer.advance(61_000);
      await street().followed('taocaicai');
      return url;
    });
    const replaced = once(async () => {
      const { payment, url } = await orders.oneCode('jd');
      const again = { method: 'one_code', scene: 'in_store', payer: { id: 'somebody-else' } };
      await street().merchant('jd').post(`/v1/payments/${payment.id}/attempts`, again);
      return url;
    });

    return [
      { name: 'friend-request', reach: async ({ goto }) => goto((await orders.ask('taocaicai')).url) },
      {
        name: 'friend-request-in-wechat',
        ...inside('wechat'),
        reach: async ({ goto }) => goto((await orders.ask('taocaicai')).url),
      },
      {
        name: 'friend-try',
        kinds: { phone: 'desktop' },
        reach: async ({ goto, click, page }) => {
          await goto((await orders.ask('taocaicai')).url);
          await click('#pay-button');
          await page.locator('.qr svg').waitFor();
        },
      },
      { name: 'friend-held', reach: async ({ goto }) => goto(await held()) },
      {
        name: 'friend-elsewhere',
        ...inside('alipay'),
        reach: async ({ goto }) => goto((await orders.ask('taocaicai')).url),
      },
      { name: 'friend-paid-by-me', kinds: { phone: 'desktop' }, reach: payAsFriend },
      { name: 'friend-paid', reach: async ({ goto }) => goto(await over()) },
      { name: 'friend-canceled', reach: async ({ goto }) => goto(await canceled()) },
      { name: 'friend-expired', reach: async ({ goto }) => goto(await expired()) },
      {
        name: 'code-in-wechat',
        ...inside('wechat'),
        reach: async ({ goto }) => goto((await orders.oneCode('jd')).url),
      },
      {
        name: 'code-in-alipay',
        ...inside('alipay'),
        reach: async ({ goto }) => goto((await orders.oneCode('hema')).url),
      },
      { name: 'code-in-browser', reach: async ({ goto }) => goto((await orders.oneCode('hema')).url) },
      { name: 'code-untaken', ...inside('alipay'), reach: async ({ goto }) => goto((await orders.oneCode('jd')).url) },
      { name: 'code-replaced', reach: async ({ goto }) => goto(await replaced()) },
      { name: 'link-confirm', ...inside('wechat'), reach: async ({ goto }) => goto(await linkFrom('singlemessage')) },
      { name: 'link-choice', ...inside('wechat'), reach: async ({ goto }) => goto(await linkFrom('groupmessage')) },
      { name: 'link-copy', ...inside('wechat'), reach: async ({ goto }) => goto(await linkFrom('timeline')) },
    ];
  },
};

/** At eleme, every entry has a decision of its own. */
async function judgeLinks(street: Street): Promise<void> {
  const { config } = street.stores;
  const newest = await config.findOptions('eleme');
  if (newest === undefined) throw new Error('eleme has no options');
  const { version, createdAt: _, ...rest } = newest;
  const both = (decision: 'confirm' | 'user_choice' | 'copy_address') => ({ shop: decision, other: decision });
  const from = '2020-01-01T00:00:00+08:00';
  const phase = { from, private: both('confirm'), group: both('user_choice'), timeline: both('copy_address') };
  const options = [...rest.options, { method: 'wechat_friend_pay', status: 'live' as const }];
  await config.addOptions({ ...rest, options, links: { phases: [phase] } }, { actor: 'test' }, version);
  const asked = async () => {
    const { id } = await street.merchant('eleme').createPayment({ scene: 'app' });
    return street.merchant('eleme').post(`/v1/payments/${id}/friend-requests`, { method: 'wechat_friend_pay' });
  };
  await street.until(asked, ({ status }) => status === 201, 10_000);
}
