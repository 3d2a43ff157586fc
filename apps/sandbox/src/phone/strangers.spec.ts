import { describe, expect, it } from 'vitest';
import type { Frame } from '../frame/frame.js';
import { rawServer } from '../frame/server.js';
import { registerPhone } from './phone.js';

describe('the phone, from another machine,', () => {
  const app = rawServer();
  // Refused before anything of it is looked at.
  void app.register(async (scope) => registerPhone(scope, {} as Frame, []));

  it.each([
    ['GET', '/'],
    ['GET', '/?next_action=e30'],
    ['GET', '/phone/code'],
    ['GET', '/phone/orders'],
    ['POST', '/phone/trades/trade_00000000_0/pay'],
    ['POST', '/phone/people'],
  ] as const)('does not answer %s %s', async (method, url) => {
    const { statusCode, headers, body } = await app.inject({ method, url, remoteAddress: '10.0.0.5' });
    expect([statusCode, headers['content-type']]).toEqual([403, 'text/html; charset=utf-8']);
    expect(body).toContain('The phone answers this machine only; you come from 10.0.0.5.');
    expect(body).toContain('href="/accounts"');
  });
});
