import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from './support/browser.js';
import { startWorld, type World } from './support/world.js';

const PAYER = '203.0.113.77';

let world: World;
beforeAll(async () => {
  world = await startWorld(['pinduoduo'], { HUTONG_TRUSTED_PROXIES: '127.0.0.1,10.0.0.0/8' });
});
afterAll(() => world.close());

/** The address that WeChat Pay was told, after somebody on a phone chose it while a proxy said this. */
async function addressTold(forwarded: string): Promise<string> {
  const { id, cashier_url: url } = await world.merchant('pinduoduo').createPayment();
  await new Browser('phone').post(`${url}/pay`, { method: 'wechat_pay' }, { 'x-forwarded-for': forwarded });
  const { body: payment } = await world.merchant('pinduoduo').get(`/v1/payments/${id}`);
  const { body } = await world.payer.control('GET', '/requests');
  const order = body.data.find(({ references }: { references: string[] }) =>
    references.includes(payment.attempts[0].reference),
  );
  return JSON.parse(order.body).scene_info.payer_client_ip;
}

describe('behind a proxy that is trusted', () => {
  it('the payer is who the proxy says', async () => {
    expect(await addressTold(PAYER)).toBe(PAYER);
    expect(await addressTold('2001:db8::7')).toBe('2001:db8::7');
  });

  it('what a payer wrote before it came there counts for nothing', async () => {
    expect(await addressTold(`198.51.100.9, ${PAYER}`)).toBe(PAYER);
    expect(await addressTold(`198.51.100.9, ${PAYER}, 10.1.2.3`)).toBe(PAYER);
  });

  it.each(['unknown', `${PAYER}:4711`, '"><script>', '203.0.113'])(
    'no address is the address of the proxy: %s',
    async (text) => {
      expect(await addressTold(text)).toBe('127.0.0.1');
    },
  );

  it('pages are counted for each payer, not for all of them together', async () => {
    const ask = (address: string) =>
      new Browser().get(`${world.url}/cashier/nothing/return`, { 'x-forwarded-for': address });
    const asked = await Promise.all(Array.from({ length: 301 }, () => ask(PAYER)));
    expect(asked.filter(({ status }) => status === 429)).toHaveLength(1);
    expect((await ask('203.0.113.78')).status).toBe(404);
  });
});
