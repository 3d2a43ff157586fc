import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alipayWire } from '../alipay/index.js';
import { createSandbox, type Sandbox } from '../sandbox.js';
import { walletWire } from '../wallet/index.js';
import { control } from './test-control.js';

describe('codes that payers show', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await createSandbox({ wires: [alipayWire, walletWire] });
    await sandbox.listen();
  });
  afterAll(() => sandbox.close());

  const ask = (body: unknown) => control(sandbox.url, 'POST', '/payer-codes', body);

  it('are new each time', async () => {
    const [first, second] = [await ask({ provider: 'alipay' }), await ask({ provider: 'alipay', payer: 'ann' })];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(first.body.code).not.toBe(second.body.code);
  });

  it.each([
    [{}, 'provider'],
    [{ provider: 'wallet' }, 'There is: alipay'],
    [{ provider: 'alipay', payer: '' }, 'payer'],
    [{ provider: 'alipay', password_first: 'yes' }, 'password_first'],
    [{ provider: 'alipay', colour: 'red' }, 'colour'],
  ])('are refused to %j, saying why', async (body, detail) => {
    const answer = await ask(body);
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toContain(detail);
  });
});
