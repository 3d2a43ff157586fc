import { format, inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from './secret.js';

const CANARY = 'canary-7f3a';
const secret = new Secret(CANARY);

describe('a secret', () => {
  it.each([
    ['in a text', () => `${secret}`],
    ['added to a text', () => 'key ' + String(secret)],
    ['as JSON', () => JSON.stringify({ key: secret, list: [secret] })],
    ['inspected, hidden members too', () => inspect({ key: secret }, { showHidden: true, depth: 9 })],
    ['formatted for the console', () => format('%s %o %j', secret, secret, { secret })],
    ['spread into a plain object', () => JSON.stringify({ ...secret })],
    ['in an error', () => inspect(new Error(`no: ${secret}`, { cause: { secret } }))],
    ['listed by its keys', () => Object.entries(Object.getOwnPropertyDescriptors(secret)).join()],
  ])('never prints %s', (_, print) => {
    expect(print()).not.toContain('canary');
  });

  it('is given away when it is asked to be', () => {
    expect(secret.reveal()).toBe(CANARY);
  });
});
