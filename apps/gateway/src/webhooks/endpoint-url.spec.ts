import { PaymentProblem } from '@hutong/payment-core';
import { describe, expect, it } from 'vitest';
import { admittedUrl } from './endpoint-url.js';

const resolveTo =
  (...addresses: string[]) =>
  async () =>
    addresses;
const production = { development: false };

describe('the URL of an endpoint, when it is registered', () => {
  it('is kept in its canonical form when its host is public', async () => {
    expect(await admittedUrl('HTTPS://Shop.Example:443/a', production, resolveTo('8.8.8.8'))).toBe(
      'https://shop.example/a',
    );
  });

  it.each([['127.0.0.1'], ['10.0.0.1'], ['169.254.169.254'], ['::ffff:8.8.8.8'], ['64:ff9b::a00:1']])(
    'is refused when one address of its host is %s, and the answer does not say which',
    async (address) => {
      const refused = admittedUrl('https://shop.example/', production, resolveTo('8.8.8.8', address));
      await expect(refused).rejects.toThrow(PaymentProblem);
      await expect(refused).rejects.toThrow(/^(?!.*\d)\/url must lead to a public address\.$/);
    },
  );

  it('is taken when its host cannot be looked up yet: each delivery judges it again', async () => {
    const failing = async () => {
      throw new Error('ENOTFOUND');
    };
    expect(await admittedUrl('https://shop.example/', production, failing)).toBe('https://shop.example/');
  });

  it('may lead to loopback in development only', async () => {
    const loopback = resolveTo('127.0.0.1', '::1');
    expect(await admittedUrl('http://localhost:4567/', { development: true }, loopback)).toBe('http://localhost:4567/');
    await expect(admittedUrl('https://localhost:4567/', production, loopback)).rejects.toThrow('public address');
  });
});
