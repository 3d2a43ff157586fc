import { afterAll, beforeAll, expect, it } from 'vitest';
import { Merchant } from './support/merchant.js';
import { startWorld, type World } from './support/world.js';

let world: World;
let editor: Merchant;

beforeAll(async () => {
  world = await startWorld(['jd']);
  const { body } = await world.admin.post('/admin/v1/keys', { role: 'editor' });
  editor = new Merchant(world.url, body.key);
});

afterAll(() => world.close());

/** The app's document as an owner has it: with the secrets that an export withholds. */
async function documentOfJd() {
  const { document } = (await world.admin.get('/admin/v1/apps/jd/document')).body;
  const accounts = await world.stores.config.listAccounts('jd');
  return { ...document, accounts: accounts.map(({ provider, ref, settings }) => ({ provider, ref, settings })) };
}

it('an editor changes the options in a document whose accounts stay as they are', async () => {
  const document = await documentOfJd();
  const [option] = document.options;
  const changed = await editor.put('/admin/v1/apps/jd', { ...document, options: [{ ...option, preselect: false }] });
  expect(changed.status).toBe(200);
  expect(changed.body.changes).toHaveLength(1);
});

it.each([
  [
    'update',
    (accounts: { settings: object }[]) =>
      accounts.map((it) => ({ ...it, settings: { ...it.settings, api_v3_key: 'k'.repeat(32) } })),
    '',
  ],
  ['create', (accounts: object[]) => accounts.map((it) => ({ ...it, ref: 'mine' })), ''],
  ['retire', () => [], '?prune=true'],
] as const)(
  'an editor is refused to %s an account by way of the document, and nothing is written',
  async (action, edit, query) => {
    const document = await documentOfJd();
    const wanted = { ...document, name: { 'zh-CN': '别名', en: 'Another' }, accounts: edit(document.accounts) };
    const refused = await editor.put(`/admin/v1/apps/jd${query}`, wanted);
    expect(refused.status).toBe(403);
    expect(refused.body.detail).toContain(`To ${action} account wechat_pay`);
    expect(await documentOfJd()).toEqual(document);
  },
);

it('a viewer changes nothing at all', async () => {
  const { body } = await world.admin.post('/admin/v1/keys', { role: 'viewer' });
  const refused = await new Merchant(world.url, body.key).put('/admin/v1/apps/jd', await documentOfJd());
  expect(refused.status).toBe(403);
});
