import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mintSigningKey, SEND_ERRORS, WEBHOOK_EVENT_TYPES, webhookHeaders } from '@hutong/payment-core';
import { describe, expect, it } from 'vitest';

/** The documents about webhooks, held to the code. */

const textOf = (name: string) => readFileSync(join(import.meta.dirname, '../docs', name), 'utf8');

type IsGenuine = (
  body: string,
  headers: Record<string, string>,
  keys: string | readonly string[],
  now?: number,
) => boolean;

describe.each(['webhooks.md', 'webhooks.zh-CN.md'])('docs/%s', (name) => {
  it('lists every type of event, in their order', () => {
    const rows = [
      ...textOf(name).matchAll(
        /^\| `((?:payment|friend_request|refund|rollout|webhook_endpoint|reconciliation)\.\w+)`/gm,
      ),
    ];
    expect(rows.map(([, type]) => type)).toEqual(WEBHOOK_EVENT_TYPES);
  });

  it('names every class of error', () => {
    for (const error of SEND_ERRORS) expect(textOf(name)).toContain(`\`${error}\``);
  });

  it('verifies our messages with the lines that a reader copies, and no others', async () => {
    const [, code] = /```js\n([\s\S]*?)```/.exec(textOf(name))!;
    const { isGenuine } = (await import(`data:text/javascript,${encodeURIComponent(code!)}`)) as {
      isGenuine: IsGenuine;
    };
    const [key, other] = [mintSigningKey(new Date()), mintSigningKey(new Date())];
    const body = '{"id":"evt_1","互":"通"}';
    const headers = webhookHeaders({ id: 'evt_1', at: new Date(), body }, [key]);
    for (const ours of [key.secret, key.publicKey, [other.secret, key.secret]])
      expect(isGenuine(body, headers, ours)).toBe(true);
    for (const theirs of [other.secret, other.publicKey, key.privateKey])
      expect(isGenuine(body, headers, theirs)).toBe(false);
    for (const ours of [key.secret, key.publicKey]) {
      expect(isGenuine(`${body} `, headers, ours)).toBe(false);
      expect(isGenuine(body, { ...headers, 'webhook-id': 'evt_2' }, ours)).toBe(false);
      expect(isGenuine(body, headers, ours, Date.now() / 1_000 + 301)).toBe(false);
      expect(isGenuine(body, { ...headers, 'webhook-timestamp': 'soon' }, ours)).toBe(false);
    }
  });
});
