import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../sandbox.js';
import { type ShownAccount, snippetsFor } from './snippets.js';

const EXAMPLES = [
  ['wechat_pay', 'certificate'],
  ['wechat_pay', 'public-key'],
  ['alipay', 'key-mode'],
  ['alipay', 'certificate-mode'],
] as const;

/** What a browser shows for them. */
const AS: Readonly<Record<string, string>> = { '&#39;': "'", '&quot;': '"', '&amp;': '&', '&lt;': '<', '&gt;': '>' };

describe('the index page', () => {
  let sandbox: Sandbox;
  let accounts: Readonly<Record<string, readonly ShownAccount[]>>;
  let page: string;
  beforeAll(async () => {
    sandbox = await createSandbox();
    await sandbox.listen();
    accounts = (await (await fetch(`${sandbox.url}/__sandbox/accounts`)).json()) as typeof accounts;
    page = (await (await fetch(`${sandbox.url}/accounts`)).text()).replaceAll(
      /&(?:#39|quot|amp|lt|gt);/g,
      (name) => AS[name] ?? '',
    );
  });
  afterAll(() => sandbox.close());

  const file = (provider: string, name: string, named: string) =>
    fetch(`${sandbox.url}/__sandbox/accounts/${provider}/${name}/${named}`);

  it.each(EXAMPLES)('sets up clients of five languages for %s %s, with its own numbers', (provider, name) => {
    const account = accounts[provider]?.find((one) => one['name'] === name) ?? {};
    const { snippets = [], files = [] } = snippetsFor(provider, account, sandbox.url) ?? {};
    expect(snippets.map(({ language }) => language)).toEqual(['Node', 'Go', 'Java', 'PHP', 'Python']);
    for (const { code } of snippets) {
      expect(code).toContain(String(account['mchid'] ?? account['app_id']));
      expect(code).toContain(new URL(sandbox.url).port);
      const read = code.match(/\w+\.(?:pem|txt)/g) ?? [];
      expect(files).toEqual(expect.arrayContaining(read));
      expect(page).toContain(code);
    }
  });

  it.each(EXAMPLES)('reads from files of %s %s that are there', async (provider, name) => {
    const account = accounts[provider]?.find((one) => one['name'] === name) ?? {};
    for (const named of snippetsFor(provider, account, sandbox.url)?.files ?? []) {
      const answer = await file(provider, name, named);
      expect([answer.status, (await answer.text()).length > 20]).toEqual([200, true]);
    }
  });

  it('gives keys bare on one line too, the same key', async () => {
    const pem = String(accounts['alipay']?.[0]?.['alipay_public_key']);
    const bare = await (await file('alipay', 'key-mode', 'alipay_public_key.txt')).text();
    expect(bare).toBe(pem.replaceAll(/-----[A-Z ]+-----|\n/g, ''));
  });

  it('says which files there are when asked for another', async () => {
    const answer = await file('wechat_pay', 'certificate', 'id_rsa');
    const { detail } = (await answer.json()) as { detail: string };
    expect([answer.status, detail]).toEqual([404, expect.stringContaining('private_key.pem')]);
    expect((await file('wechat_pay', 'nobody', 'private_key.pem')).status).toBe(404);
    expect((await file('paypal', 'certificate', 'private_key.pem')).status).toBe(400);
  });

  it('shows no secret: it answers strangers too', () => {
    const secret = /^(private_key|api_v3_key|app_secret|encrypt_key|secret)$/;
    const fields = Object.values(accounts)
      .flat()
      .flatMap((account) => Object.entries(account));
    const secrets = fields.flatMap(([field, value]) => (secret.test(field) ? String(value) : []));
    expect(secrets.length).toBeGreaterThan(10);
    expect(secrets.filter((one) => page.includes(one))).toEqual([]);
    expect(page).not.toContain('PRIVATE KEY-----');
  });
});
