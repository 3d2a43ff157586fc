/** Calls of the demo, each of them expecting one status: anything else is a wrong step, told with what was answered. */
import { randomUUID } from 'node:crypto';

/** A step of a walk that did not go as the contract says. */
export class WrongStep extends Error {
  name = 'WrongStep';
  constructor(step, detail) {
    super(`${step}: ${detail}`);
  }
}

export function expect(step, holds, detail) {
  if (!holds) throw new WrongStep(step, detail);
}

/** A client of one app: its key, and a fresh Idempotency-Key with every POST. */
export function merchant(base, key) {
  const headers = { authorization: `Bearer ${key}`, 'accept-language': 'en' };
  return {
    get: (path, { status = 200, language = 'en' } = {}) =>
      call('GET', base + path, { status, headers: { ...headers, 'accept-language': language } }),
    post: (path, body, status = 201) =>
      call('POST', base + path, { status, body, headers: { ...headers, 'idempotency-key': randomUUID() } }),
  };
}

/** The sandbox's control calls: what the payer's device and the payer do. */
export function payersPhone(base) {
  return {
    open: async (nextAction, payer) => {
      const body = { next_action: nextAction, ...(payer && { payer }) };
      return (await call('POST', `${base}/__sandbox/open`, { status: 200, body })).data;
    },
    showCode: async (provider) =>
      (await call('POST', `${base}/__sandbox/payer-codes`, { status: 200, body: { provider } })).code,
    trade: async (reference) =>
      (await call('GET', `${base}/__sandbox/trades?reference=${reference}`, { status: 200 })).data[0],
    pay: async (trade, payer) => {
      const body = payer === undefined ? {} : { payer };
      return (await call('POST', `${base}/__sandbox/trades/${trade}/pay`, { status: 200, body })).data;
    },
  };
}

async function call(method, url, { status, headers = {}, body }) {
  const answer = await fetch(url, {
    method,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(10_000),
  });
  const text = await answer.text();
  const step = `${method} ${new URL(url).pathname}`;
  expect(step, answer.status === status, `expected ${status}, was answered ${answer.status} ${text.slice(0, 600)}`);
  return JSON.parse(text);
}
