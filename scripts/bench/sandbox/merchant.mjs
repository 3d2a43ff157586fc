/** A merchant that places Native orders: signs them first, sends them when told, and verifies a sample of the answers. */
import { createPrivateKey, randomBytes, sign, verify, X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';
import { Pool } from 'undici';

const PATH = '/v3/pay/transactions/native';
const AT_ONCE = 32;
/** How many are signed ahead of being sent where time does not count. */
const BATCH = 4_000;
const ONE_IN = 50;

const signInPool = promisify(sign);
let account;
let key;
let platform;
let pool;
let orders = [];
let placed = 0;

process.on('message', async (task) => {
  if (task.url !== undefined) process.send(await meet(task.url));
  if (task.sign !== undefined) process.send(await signOrders(task.sign));
  if (task.send !== undefined) process.send(await sendOrders());
  if (task.place !== undefined) process.send(await place(task.place));
});

async function meet(url) {
  const accounts = await (await fetch(`${url}/__sandbox/accounts`)).json();
  [account] = accounts.wechat_pay;
  key = createPrivateKey(account.private_key);
  platform = new X509Certificate(account.platform_certificates[0].certificate).publicKey;
  pool = new Pool(url, { connections: AT_ONCE, pipelining: 1 });
  return {};
}

async function signOrders(count) {
  orders = await Promise.all(Array.from({ length: count }, signedOrder));
  return {};
}

async function sendOrders() {
  const sample = [];
  const started = performance.now();
  const queue = orders.values();
  await Promise.all(Array.from({ length: AT_ONCE }, () => sender(queue, sample)));
  const seconds = (performance.now() - started) / 1e3;
  sample.forEach(check);
  return { count: orders.length, seconds };
}

async function place(count) {
  for (let left = count; left > 0; left -= BATCH) {
    await signOrders(Math.min(BATCH, left));
    await sendOrders();
  }
  return {};
}

async function signedOrder() {
  const { mchid, appid, serial_no: serial } = account;
  placed += 1;
  const body = JSON.stringify({
    appid,
    mchid,
    description: '一箱柚子',
    out_trade_no: `bench_${String(placed).padStart(10, '0')}`,
    time_expire: '2035-01-01T00:00:00+08:00',
    attach: `cart ${placed}`,
    notify_url: 'https://shop.example/notifications/wechat_pay',
    amount: { total: 1_299, currency: 'CNY' },
  });
  const [timestamp, nonce] = [Math.floor(Date.now() / 1_000), randomBytes(16).toString('hex')];
  const message = Buffer.from(`POST\n${PATH}\n${timestamp}\n${nonce}\n${body}\n`);
  const signature = (await signInPool('RSA-SHA256', message, key)).toString('base64');
  const authorization = `WECHATPAY2-SHA256-RSA2048 mchid="${mchid}",nonce_str="${nonce}",timestamp="${timestamp}",serial_no="${serial}",signature="${signature}"`;
  return { body, authorization };
}

async function sender(queue, sample) {
  for (const { body, authorization } of queue) {
    const headers = {
      authorization,
      accept: 'application/json',
      'content-type': 'application/json',
      'user-agent': 'hutong-bench',
    };
    const answer = await pool.request({ method: 'POST', path: PATH, headers, body });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`An order was answered ${answer.statusCode}: ${text}`);
    if (Math.random() * ONE_IN < 1) sample.push({ headers: answer.headers, text });
  }
}

function check({ headers, text }) {
  const message = `${headers['wechatpay-timestamp']}\n${headers['wechatpay-nonce']}\n${text}\n`;
  const signature = Buffer.from(headers['wechatpay-signature'], 'base64');
  if (!verify('RSA-SHA256', Buffer.from(message), platform, signature)) throw new Error(`A bad signature over ${text}`);
}
