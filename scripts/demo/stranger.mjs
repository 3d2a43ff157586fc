/** Somebody with a link: opens its page in a wallet's own browser, presses its button, and pays in the wallet. */
import { expect } from './http.mjs';
import { until } from './walk.mjs';

const USER_AGENTS = {
  wechat_web: 'Mozilla/5.0 (iPhone) hutong-demo Mobile MicroMessenger/8.0.49',
  alipay_web: 'Mozilla/5.0 (iPhone) hutong-demo Mobile AlipayClient/10.5.96',
};
const WHO = 'demo-stranger';
const MOST_TURNS = 6;
const PAID_WITHIN_MS = 2_000;

/** @returns the payment, paid. @throws WrongStep */
export async function payOnPage({ api, phone, payment, url, scene, fields = {} }) {
  const browser = browserOf(USER_AGENTS[scene]);
  const page = await browser.send(url);
  expect('the page of the link', page.status === 200, `answered ${page.status}`);
  const pressed = await browser.send(`${url}/pay`, { method: 'POST', body: new URLSearchParams(fields) });
  const shown = await follow(browser, pressed, url);
  expect('the page after the press', shown.status === 200, `answered ${shown.status}`);
  const { attempts } = await api.get(`/v1/payments/${payment.id}`);
  const attempt = attempts.find(({ status, provider }) => status === 'awaiting_payer' && provider !== null);
  expect('the press', attempt !== undefined, 'opened no attempt');
  const trade = await phone.open(attempt.next_action, WHO);
  await phone.pay(trade.id, WHO);
  const read = () => api.get(`/v1/payments/${payment.id}`);
  const { value } = await until(PAID_WITHIN_MS, 'paid on a page', read, ({ status }) => status === 'paid');
  const result = await browser.send(url);
  expect('the page afterwards', result.status === 410, `answered ${result.status}, not 410`);
  return value;
}

/** Redirects as a browser goes them; the wallet's sign-in learns who it is. */
async function follow(browser, answer, from, turns = MOST_TURNS) {
  const location = answer.headers.get('location');
  if (location === null) return answer;
  expect('the page', turns > 0, 'redirects without end');
  const url = new URL(location, from);
  if (url.pathname.endsWith('/authorize')) url.searchParams.set('payer', WHO);
  return follow(browser, await browser.send(url), url, turns - 1);
}

/** Keeps the cookies of one link, and sends them to its site only. */
function browserOf(userAgent) {
  const cookies = new Map();
  let home;
  return {
    async send(url, init = {}) {
      const { origin } = new URL(url);
      home ??= origin;
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(url, {
        redirect: 'manual',
        signal: AbortSignal.timeout(10_000),
        ...init,
        headers: {
          'user-agent': userAgent,
          'sec-fetch-site': 'same-origin',
          ...(origin === home && cookie !== '' && { cookie }),
        },
      });
      for (const line of origin === home ? answer.headers.getSetCookie() : []) {
        const [name, value] = line.split(';')[0].split('=');
        cookies.set(name, value);
      }
      await answer.arrayBuffer();
      return answer;
    },
  };
}
