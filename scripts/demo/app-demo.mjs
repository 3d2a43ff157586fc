/** One app: its lists in every scene, its walks, and what the story says of it. */
import { randomBytes } from 'node:crypto';
import { expect, merchant } from './http.mjs';
import { payOnPage } from './stranger.mjs';
import { AMOUNT, walk } from './walk.mjs';

const SCENES = ['app', 'mini_program', 'mobile_web', 'desktop_web', 'wechat_web', 'alipay_web', 'in_store'];

/** Paid by whoever scans it, on a page of its own: not walked with the others. */
const SCANNED = 'one_code';

/** Where a friend is when they tap the link. */
const FRIENDS_BROWSER = { wechat_friend_pay: 'wechat_web', alipay_friend_pay: 'alipay_web' };

/** So many payers at a time: the figures are those of a quiet machine. */
const PAYERS = 4;

/** @returns what there is to report; a wrong step is told with its walk or among `errors`, never thrown */
export async function demonstrate({ app, key, gateway, phone, facts = {} }) {
  const api = merchant(gateway, key);
  const lists = Object.fromEntries(
    await Promise.all(SCENES.map(async (scene) => [scene, await api.get(listPath(scene))])),
  );
  const walks = await inTurns(wantedWalks(lists), async ({ method, scene }) => {
    try {
      return { method, scene, row: await walk({ api, phone, app, method, scene }) };
    } catch (error) {
      return { method, scene, error };
    }
  });
  const checks = [
    checkOrders,
    checkHidden,
    checkWalked,
    checkTesters,
    checkRefused,
    checkRefusedCodes,
    checkAsked,
    checkScanCodes,
  ];
  const checked = await Promise.allSettled(
    checks.map(async (check) => check({ api, phone, gateway, lists, walks, facts })),
  );
  return {
    order: methodsOf(lists.app),
    hidden: lists.app.excluded ?? [],
    titles: await titlesOf(api, lists),
    walks,
    remarks: checked.flatMap(({ value }) => value ?? []),
    errors: checked.flatMap(({ reason }) => reason ?? []),
  };
}

/** Everything that a list offers its payer, method by method; what a friend is asked by is checked beside it. */
function wantedWalks(lists) {
  const own = ({ data }) => data.filter(({ kind, method }) => kind !== 'friend' && method !== SCANNED);
  const shown = Object.entries(lists).flatMap(([scene, list]) => own(list).map(({ method }) => ({ method, scene })));
  const methods = [...new Set(shown.map(({ method }) => method))];
  return methods.flatMap((method) => shown.filter((it) => it.method === method));
}

async function inTurns(items, work) {
  const results = [];
  const queue = items.entries();
  const serve = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: PAYERS }, serve));
  return results;
}

function listPath(scene, payer = 'demo-payer') {
  return `/v1/payment-methods?amount=${AMOUNT}&currency=CNY&scene=${scene}&payer_id=${payer}&explain=true`;
}

function methodsOf({ data }) {
  return data.map(({ method }) => method);
}

/** Titles in both languages, by method. */
async function titlesOf(api, lists) {
  const zh = await Promise.all(SCENES.map((scene) => api.get(listPath(scene), { language: 'zh-CN' })));
  const chinese = Object.fromEntries(zh.flatMap(titleEntries));
  const english = Object.fromEntries(Object.values(lists).flatMap(titleEntries));
  return (method) => `${chinese[method] ?? method} ${english[method] ?? ''}`.trim();
}

function titleEntries({ data }) {
  return data.map(({ method, title }) => [method, title]);
}

function checkOrders({ lists, facts: { orders = {} } }) {
  for (const [scene, order] of Object.entries(orders))
    sameOrder(`the order in ${scene}`, methodsOf(lists[scene]), order);
}

function checkHidden({ lists, facts: { hidden = {} } }) {
  for (const [method, reason] of Object.entries(hidden)) {
    const given = lists.app.excluded.find((it) => it.method === method)?.reason;
    expect('the reasons', given === reason, `for ${method} say ${given}, not ${reason}`);
  }
}

function checkWalked({ walks, facts: { walked = {} } }) {
  for (const [method, scenes] of Object.entries(walked)) {
    const missing = scenes.filter((scene) => !walks.some((it) => it.method === method && it.scene === scene));
    expect('the list', missing.length === 0, `does not offer ${method} in ${missing.join(', ')}`);
  }
}

async function checkTesters({ api, facts: { testers = {} } }) {
  const remarks = [];
  for (const [payer, order] of Object.entries(testers)) {
    sameOrder(`the list of ${payer}`, methodsOf(await api.get(listPath('app', payer))), order);
    remarks.push(`${payer} sees ${order.join(' → ')}`);
  }
  return remarks;
}

/** A method that is not on the list can't be had by asking for it either. */
async function checkRefused({ api, facts: { refused = {} } }) {
  const remarks = [];
  for (const [method, code] of Object.entries(refused)) {
    await expectRefusal(api, { method, scene: 'app' }, code);
    remarks.push(`asked for ${method} all the same: refused, ${code}`);
  }
  return remarks;
}

/** Nor by the prefix of the code that its payer shows at a till. */
async function checkRefusedCodes({ api, phone, facts: { refusedCodes = {} } }) {
  const remarks = [];
  for (const [provider, code] of Object.entries(refusedCodes)) {
    const shown = { method: 'barcode', scene: 'in_store', auth_code: await phone.showCode(provider) };
    await expectRefusal(api, shown, code);
    remarks.push(`scanned a code of ${provider}: refused, ${code}`);
  }
  return remarks;
}

/** A request to a friend is made, found again by its text code in a chat, and taken back; another one is paid by a friend on its page. */
async function checkAsked({ api, phone, facts: { asked = [] } }) {
  const remarks = [];
  for (const method of asked) {
    const payment = await createPayment(api);
    const request = await api.post(`/v1/payments/${payment.id}/friend-requests`, { method });
    const found = await api.post('/v1/text-codes/resolve', { text: `看看这个🎁 ${request.share_text} 谢谢` }, 200);
    expect('the text code', found.id === request.id, `leads to ${found.id}, not ${request.id}`);
    const canceled = await api.post(`/v1/friend-requests/${request.id}/cancel`, undefined, 200);
    expect('the request', canceled.status === 'canceled', `has status ${canceled.status}, not canceled`);
    remarks.push(`asked a friend by ${method}: ${request.text_code} leads back to it; taken back`);
    const { url } = await api.post(`/v1/payments/${payment.id}/friend-requests`, { method, message: '再帮我付一次' });
    const paid = await payOnPage({ api, phone, payment, url, scene: FRIENDS_BROWSER[method] });
    expect('the payment by a friend', paid.paid_with?.method === method, `is by ${paid.paid_with?.method}`);
    remarks.push(`asked again: a friend opens ${new URL(url).pathname.slice(0, 3)}… inside the wallet and pays`);
  }
  return remarks;
}

/** One code for every wallet: an address of ours that dies with its payment. */
async function checkScanCodes({ api, phone, gateway, lists, facts: { scannedIn } }) {
  const scenes = SCENES.filter((scene) => methodsOf(lists[scene]).includes(SCANNED));
  for (const scene of scenes) {
    const payment = await createPayment(api);
    const attempt = await api.post(`/v1/payments/${payment.id}/attempts`, { method: SCANNED, scene });
    const { type, content = '' } = attempt.next_action;
    expect(`the code in ${scene}`, type === 'show_qr_code' && content.startsWith(`${gateway}/q/`), `holds ${content}`);
    expect(`the code in ${scene}`, attempt.provider === null, `is of ${attempt.provider} before anybody scanned it`);
    if (scannedIn !== undefined) await payScanned({ api, phone, scene, scannedIn });
    const { attempts } = await api.post(`/v1/payments/${payment.id}/cancel`, undefined, 200);
    expect(`the code in ${scene}`, attempts[0].status === 'closed', `is ${attempts[0].status} after its payment`);
  }
  const paid = scannedIn === undefined ? '' : `; another one is scanned (${scannedIn}) and paid on its page`;
  return scenes.map((scene) => `${SCANNED} in ${scene}: shows a code for every wallet, takes it back${paid}`);
}

async function payScanned({ api, phone, scene, scannedIn }) {
  const payment = await createPayment(api);
  const { next_action: code } = await api.post(`/v1/payments/${payment.id}/attempts`, { method: SCANNED, scene });
  await payOnPage({ api, phone, payment, url: code.content, scene: scannedIn, fields: { method: SCANNED } });
}

async function expectRefusal(api, attempt, code) {
  const payment = await createPayment(api);
  const problem = await api.post(`/v1/payments/${payment.id}/attempts`, attempt, 409);
  expect(`the refusal of ${attempt.method}`, problem.code === code, `has code ${problem.code}, not ${code}`);
}

function createPayment(api) {
  return api.post('/v1/payments', {
    order_no: `demo-${randomBytes(8).toString('hex')}`,
    amount: AMOUNT,
    currency: 'CNY',
    description: 'demo order',
  });
}

function sameOrder(step, shown, wanted) {
  expect(step, shown.join() === wanted.join(), `is ${shown.join(', ')}, not ${wanted.join(', ')}`);
}
