/** One checkout from the list of options to the last fen refunded, as a merchant's backend and its payer live it. */
import { randomBytes } from 'node:crypto';
import { expect } from './http.mjs';

const PAID_WITHIN_MS = 2_000;
const REFUNDED_WITHIN_MS = 5_000;
const POLL_MS = 25;
export const AMOUNT = 1_299;
const FIRST_REFUND = 500;
/** Whose code the payer shows at a till. */
const TILL_WALLET = 'alipay';

/** Scenes whose product wants to know the payer at the wallet; an id that the sandbox never saw becomes a wallet user. */
const OPENIDS = {
  wechat_web: () => `o${randomBytes(20).toString('base64url').slice(0, 27)}`,
  mini_program: () => `o${randomBytes(20).toString('base64url').slice(0, 27)}`,
  alipay_web: () => `2088${String(randomBytes(6).readUIntBE(0, 6)).padStart(12, '0').slice(-12)}`,
};

/** @returns the row of the table. @throws WrongStep */
export async function walk({ api, phone, app, method, scene }) {
  const payment = await create({ api, app, scene });
  const attempt = await (scene === 'in_store' ? chargeCode : payOnPhone)({ api, phone, payment, method, scene });
  const paid = await until(
    PAID_WITHIN_MS,
    'paid',
    () => api.get(`/v1/payments/${payment.id}`),
    (it) => it.status === 'paid',
  );
  const first = await refund({ api, payment, amount: FIRST_REFUND, sum: FIRST_REFUND });
  const rest = await refund({ api, payment, amount: AMOUNT - FIRST_REFUND, sum: AMOUNT });
  expect('the payment after its refunds', rest.value.status === 'paid', `has status ${rest.value.status}, not paid`);
  return {
    method,
    scene,
    action: attempt.next_action.sdk ?? attempt.next_action.type,
    paidMs: paid.ms,
    refundedMs: first.ms + rest.ms,
    refunded: rest.value.amount_refunded,
  };
}

/** The payer's phone follows the next action, and its owner confirms. */
async function payOnPhone({ api, phone, payment, method, scene }) {
  const openid = OPENIDS[scene]?.();
  const body = { method, scene, ...(openid && { payer: { openid } }) };
  const attempt = await start({ api, payment, body, status: 'awaiting_payer' });
  const trade = await phone.open(attempt.next_action, openid);
  checkTrade(trade, attempt);
  await phone.pay(trade.id, openid);
  return attempt;
}

/** The payer shows a code, the till scans it: without a password it is paid at once. */
async function chargeCode({ api, phone, payment, method, scene }) {
  const body = { method, scene, auth_code: await phone.showCode(TILL_WALLET) };
  const attempt = await start({ api, payment, body, status: 'paid' });
  checkTrade(await phone.trade(attempt.reference), attempt);
  return attempt;
}

function checkTrade(trade, attempt) {
  expect(
    'the trade at the wallet',
    trade.reference === attempt.reference,
    `is ${trade.reference}, not ${attempt.reference}`,
  );
  expect('the amount at the wallet', trade.amount === AMOUNT, `is ${trade.amount}, not ${AMOUNT}`);
}

function create({ api, app, scene }) {
  return api.post('/v1/payments', {
    order_no: `demo-${randomBytes(8).toString('hex')}`,
    amount: AMOUNT,
    currency: 'CNY',
    description: `${app} 示例订单 demo order`,
    scene,
    payer: { id: 'demo-payer', ip: '127.0.0.1', user_agent: userAgentIn(scene) },
    return_url: 'http://127.0.0.1:3100/orders/done',
  });
}

async function start({ api, payment, body, status }) {
  const attempt = await api.post(`/v1/payments/${payment.id}/attempts`, body);
  expect('the attempt', attempt.status === status, `has status ${attempt.status}, not ${status}`);
  const { expires_at: expiresAt } = attempt.next_action;
  expect(
    'the next action',
    Date.parse(expiresAt) <= Date.parse(payment.expires_at),
    `expires at ${expiresAt}, after its payment`,
  );
  return attempt;
}

async function refund({ api, payment, amount, sum }) {
  const body = { refund_no: `demo-${randomBytes(8).toString('hex')}`, amount, reason: '示例退款 demo refund' };
  await api.post(`/v1/payments/${payment.id}/refunds`, body);
  const read = () => api.get(`/v1/payments/${payment.id}`);
  return until(REFUNDED_WITHIN_MS, `refunded ${sum}`, read, (it) => it.amount_refunded === sum);
}

/** Reads until it holds, against a deadline. */
export async function until(withinMs, what, read, holds) {
  const started = performance.now();
  let value = await read();
  while (!holds(value) && performance.now() - started < withinMs) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    value = await read();
  }
  const seen = JSON.stringify({ status: value.status, amount_refunded: value.amount_refunded });
  expect(what, holds(value), `not within ${withinMs} ms; the payment says ${seen}`);
  return { value, ms: Math.round(performance.now() - started) };
}

/** What the payer's device says it is: a wallet's own browser is told by it, and options that could not work are not shown. */
function userAgentIn(scene) {
  if (scene === 'wechat_web' || scene === 'mini_program') return 'Mozilla/5.0 hutong-demo MicroMessenger/8.0.49';
  if (scene === 'alipay_web') return 'Mozilla/5.0 hutong-demo AlipayClient/10.5.96';
  return 'Mozilla/5.0 hutong-demo';
}
