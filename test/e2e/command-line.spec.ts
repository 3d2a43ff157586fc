import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandLine } from './support/command-line.js';
import { startWorld, type World } from './support/world.js';

const SEEDS = join(import.meta.dirname, '../../prisma/seed');
const STORY = readdirSync(SEEDS).filter((name) => name.endsWith('.yaml'));

let world: World;
let hutong: ReturnType<typeof commandLine>;

beforeAll(async () => {
  world = await startWorld(['taote']);
  hutong = commandLine(world);
});

afterAll(() => world.close());

/** A folder with these files of the story in it, each as `edit` makes it. */
function folderOf(names: readonly string[], edit: (text: string) => string = (text) => text): string {
  const folder = mkdtempSync(join(tmpdir(), 'hutong-seeds-'));
  mkdirSync(folder, { recursive: true });
  for (const name of names) writeFileSync(join(folder, name), edit(readFileSync(join(SEEDS, name), 'utf8')));
  return folder;
}

const seedOf = (app: string, edit: (text: string) => string) => join(folderOf([`${app}.yaml`], edit), `${app}.yaml`);
const live = (text: string) => text.replace(/status: pending_review, testers: \[reviewer-1\]/, 'status: live');
const optionsOf = async (app: string) => (await world.admin.get(`/admin/v1/apps/${app}/options`)).body;

describe('hutong seed', () => {
  it('seeds the thirteen apps, and the second time changes nothing', async () => {
    expect(await hutong.run('seed')).toContain('create options of jd');
    expect(await hutong.run('seed')).toBe('no changes');
  });

  it('prints on a dry run what would change, in the words of the file, and writes nothing', async () => {
    const file = seedOf('taote', live);
    const { version } = await optionsOf('taote');
    expect(await hutong.run('seed', file, '--dry-run')).toBe(
      [
        'would update options of taote',
        `  version ${version + 1}`,
        '  wechat_pay.status: pending_review → live',
        '  wechat_pay.testers: reviewer-1 → none',
      ].join('\n'),
    );
    expect((await optionsOf('taote')).version).toBe(version);
  });

  it('warns on a dry run of a method that is not installed, which may only be off', async () => {
    const named = (status: string) =>
      seedOf('youku', (text) => text.replace(/^options:.*\n/m, `$&  - { method: wechat_pya, status: ${status} }\n`));
    const told = await hutong.run('seed', named('off'), '--dry-run');
    expect(told.split('\n')[0]).toBe(
      'warning: wechat_pya of youku is not part of this application; it can only be off',
    );
    expect(told).toContain('  wechat_pya: added, off');
    await expect(hutong.run('seed', named('live'))).rejects.toThrow(
      'options[0].status must be off: wechat_pya is not part of this application',
    );
  });

  it('keeps the reason with the version', async () => {
    await hutong.run('seed', seedOf('taote', live), '--reason', 'the review is through');
    expect(await optionsOf('taote')).toMatchObject({ reason: 'the review is through' });
    await hutong.run('seed', join(SEEDS, 'taote.yaml'));
  });

  it('asks with the admin key it is given, and makes no other', async () => {
    const admins = async () => (await world.admin.get('/admin/v1/keys')).body.data.length;
    const before = await admins();
    await commandLine(world).run('seed', join(SEEDS, 'taote.yaml'));
    expect(await admins()).toBe(before);
  });

  it('lets an editor seed options where the file leaves the accounts as they are', async () => {
    const { body } = await world.admin.post('/admin/v1/keys', { role: 'editor' });
    const editor = commandLine(world, { key: body.key });
    const file = seedOf('tmall', (text) =>
      text.replace(/accounts:\n( {2}- .*\n)+/, 'accounts: []\n').replace('percent: 50', 'percent: 60'),
    );
    const told = await editor.run('seed', file);
    expect(told).toContain('wechat_pay.steps + { at: 2027-04-26T10:00:00+08:00, percent: 60 }');
    expect(told).toContain('no keys were made');
    await expect(editor.run('seed', file, '--prune')).rejects.toThrow(
      'takes a key of role owner; yours is of role editor',
    );
    await hutong.run('seed', join(SEEDS, 'tmall.yaml'));
  });

  it('retires with --prune an account that the file does not name, and brings it back when it is named again', async () => {
    const without = seedOf('eleme', (text) => text.replace(/.*provider: wechat_pay, ref: sandbox.*\n/, ''));
    expect(await hutong.run('seed', without)).toBe('no changes');
    expect(await hutong.run('seed', without, '--prune')).toContain('retire account wechat_pay/sandbox of eleme');
    expect(await hutong.run('seed', without, '--prune')).toBe('no changes');
    expect(await hutong.run('seed', join(SEEDS, 'eleme.yaml'))).toContain('account wechat_pay/sandbox of eleme');
    expect(await hutong.run('seed')).toBe('no changes');
  });

  it('switches off, for a folder seeded whole, the apps without a file in it, and says which', async () => {
    const folder = folderOf(STORY.filter((name) => name !== 'youku.yaml'));
    expect(await hutong.run('seed', folder)).toBe('no changes');
    const told = await hutong.run('seed', folder, '--prune', '--dry-run');
    expect(told.split('\n')).toEqual([
      'would update options of youku',
      '  no seed file names this app',
      expect.stringMatching(/^ {2}version \d+$/),
      '  alipay.status: live → off',
      '  wechat_pay.status: live → off',
    ]);
    await hutong.run('seed', folder, '--prune');
    expect(await hutong.run('seed', folder, '--prune')).toBe('no changes');
    expect(await optionsOf('youku')).toMatchObject({ reason: 'named by no seed file' });
    expect((await world.admin.get('/admin/v1/apps/youku/document')).body.document.accounts).toHaveLength(2);
    expect(await hutong.run('seed')).toContain('alipay.status: off → live');
  });

  it('touches no other app with --prune when files are named, not a folder', async () => {
    expect(await hutong.run('seed', join(SEEDS, 'youku.yaml'), join(SEEDS, 'jd.yaml'), '--prune')).toBe('no changes');
    expect((await optionsOf('taote')).options[0]).toMatchObject({ method: 'alipay', status: 'live' });
  });
});

describe('hutong export', () => {
  it('writes what `hutong seed` reads back without a change, with the schema beside it', async () => {
    const out = join(hutong.dataDir, 'exported');
    await hutong.run('export', '--out', out);
    expect(readdirSync(out).toSorted()).toEqual([...STORY, 'seed.schema.json'].toSorted());
    expect(await hutong.run('seed', out, '--prune')).toBe('no changes');
  });

  it('prints an app as people write it', async () => {
    const text = await hutong.run('export', 'taote');
    expect(text).toContain('accounts:\n  - { provider: alipay, ref: sandbox }\n');
    expect(text).toContain('  - { method: wechat_pay, status: pending_review, testers: [ reviewer-1 ] }\n');
    expect(text).toContain('  - { when: { scene: desktop_web }, put_first: [ wechat_scan ] }');
  });

  it('names the secrets of an account with settings of its own, and never says them', async () => {
    const { document } = (await world.admin.get('/admin/v1/apps/kaola/document')).body;
    const [alipay] = (await world.stores.config.listAccounts('kaola')).filter(({ provider }) => provider === 'alipay');
    const accounts = [{ provider: 'alipay', ref: 'main', settings: alipay?.settings }];
    await world.admin.put('/admin/v1/apps/kaola', { ...document, accounts });
    const text = await hutong.run('export', 'kaola');
    const secret = String(alipay?.settings['private_key']).split('\n')[1];
    expect(secret).toMatch(/^[\w+/=]{20,}$/);
    expect(text).not.toContain(secret);
    expect(text).toMatch(/# Secret, and not written here\. Fill in under settings: .*private_key/);
    expect(text).toContain(`app_id: '${String(alipay?.settings['app_id'])}'`);
  });

  it('names the apps that there are when one does not exist', async () => {
    await expect(hutong.run('export', 'unionpay')).rejects.toThrow(/^No app unionpay\. There are .*taote/);
  });
});

describe('hutong rollback', () => {
  it('lists the versions, shows the difference first, and puts the one before back as the newest', async () => {
    await hutong.run('seed', join(SEEDS, 'hema.yaml'));
    const before = await optionsOf('hema');
    await hutong.run(
      'seed',
      seedOf('hema', (text) => text.replace(', scenes: [in_store]', '')),
      '--reason',
      'a mistake',
    );
    expect(await hutong.run('rollback', 'hema', '--list')).toMatch(/│ 2 \(in force\) │ .* │ ha_\w+ *│ a mistake │/);
    expect(await hutong.run('rollback', 'hema', '--dry-run')).toBe(
      'would put version 1 of hema back:\n  barcode.scenes: none → in_store',
    );
    expect((await optionsOf('hema')).version).toBe(2);
    const told = await hutong.run('rollback', 'hema', '1', '--reason', 'the code only works at the till');
    expect(told).toBe('putting version 1 of hema back:\n  barcode.scenes: none → in_store\nversion 3 is in force');
    const { options, order, providers, reason } = await optionsOf('hema');
    expect({ options, order, providers }).toEqual({
      options: before.options,
      order: before.order,
      providers: before.providers,
    });
    expect(reason).toBe('the code only works at the till');
    expect(await hutong.run('rollback', 'hema', '1')).toBe('no changes: version 3 says what version 1 said');
  });

  it('says which versions there are when there is no such one, and that a first has none before it', async () => {
    await expect(hutong.run('rollback', 'hema', '9')).rejects.toThrow('there are 1 to 3');
    await expect(hutong.run('rollback', 'unionpay')).rejects.toThrow(/^No app unionpay\. There are .*taote/);
    await expect(hutong.run('rollback', 'jd')).rejects.toThrow('jd has one version of its options');
  });
});

describe('hutong replay', () => {
  it('says what would appear, vanish and move at checkouts that payers saw', async () => {
    const taote = world.merchant('taote');
    await taote.createPayment({ scene: 'desktop_web', amount: 1_299, payer: { id: 'u1' } });
    await taote.createPayment({ scene: 'app', amount: 5_000, payer: { id: 'u2' } });
    const now = Date.now();
    const time = ['--from', new Date(now - 60_000).toISOString().replace(/\.\d+/, '')];
    const against = seedOf('taote', (text) =>
      live(text).replace('{ method: alipay, status: live,', '{ method: alipay, status: off,'),
    );
    const told = await hutong.run('replay', 'taote', '--against', against, ...time);
    expect(told).toContain('2 of 2 checkouts (100.0 %) would look different');
    expect(told).toMatch(/│ alipay +│ 0 +│ 2 +│ 0 +│/);
    expect(told).toMatch(/│ wechat_pay +│ 1 +│ 0 +│ 0 +│/);
    expect(told).toContain('desktop_web, 12.99 CNY, payer u1');
    const json = JSON.parse(await hutong.run('replay', 'taote', '--against', against, ...time, '--json'));
    expect(json).toMatchObject({ checkouts: 2, changed: 2, appear: { wechat_pay: 1 }, vanish: { alipay: 2 } });
    expect(await hutong.run('replay', 'taote', '--against', join(SEEDS, 'taote.yaml'), ...time)).toBe(
      '2 checkouts, and none would look different',
    );
  });

  it('takes more checkouts of your own than one call does, and adds the reports up', async () => {
    const file = join(hutong.dataDir, 'checkouts.ndjson');
    const line = (index: number) =>
      JSON.stringify({ amount: 100 + index, scene: 'app', payer_id: `payer-${index}`, user_agent: 'x'.repeat(200) });
    writeFileSync(file, Array.from({ length: 1_203 }, (_, index) => `${line(index)}\n`).join(''));
    const json = JSON.parse(
      await hutong.run('replay', 'taote', '--against', seedOf('taote', live), '--checkouts', file, '--json'),
    );
    expect(json).toMatchObject({ checkouts: 1_203, changed: 1_203, appear: { wechat_pay: 1_203 } });
    expect(json.examples).toHaveLength(10);
  });

  it('wants the file to be about the app, and to be told which checkouts', async () => {
    const jd = join(SEEDS, 'jd.yaml');
    await expect(hutong.run('replay', 'taote', '--against', jd, '--from', '2026-11-22')).rejects.toThrow(
      'is about jd, not about taote',
    );
    await expect(hutong.run('replay', 'jd', '--against', jd)).rejects.toThrow('Say which checkouts');
  });
});

describe('hutong keys', () => {
  it('makes admin keys through the running gateway, for the role that is asked for', async () => {
    const [key] = (await hutong.run('keys', 'create', 'admin', '--role', 'editor')).split('\n');
    expect(key).toMatch(/^ha_/);
    expect(await hutong.run('keys', 'list', 'admin')).toMatch(/│ admin │ key_\w+ │ ha_\w+… │ editor │/);
    await expect(hutong.run('keys', 'create', 'admin', '--role', 'merchant')).rejects.toThrow(
      'it is one of owner, editor, viewer',
    );
  });

  it('makes readers of an app, who read and change nothing', async () => {
    const [key] = (await hutong.run('keys', 'create', 'jd', '--role', 'reader')).split('\n');
    const headers = { authorization: `Bearer ${key}` };
    const list = await fetch(`${world.url}/v1/payment-methods?amount=100&scene=app`, { headers });
    const cancel = await fetch(`${world.url}/v1/payments/pay_0/cancel`, { method: 'POST', headers });
    expect([list.status, cancel.status]).toEqual([200, 403]);
  });
});

describe('hutong audit', () => {
  it('shows who changed an app and why, newest last, and follows the chain', async () => {
    const told = await hutong.run('audit', '--app', 'hema');
    expect(told).toMatch(
      /│ ha_\w+ +│ options\.changed +│ hema +│ options version 3 +│ the code only works at the till +│/,
    );
    expect(told).not.toContain('taote');
    expect(await hutong.run('audit', '--verify')).toMatch(/^\d+ entries, every link holds$/);
  });

  it('shows as many as are asked for, and how to see more', async () => {
    const told = await hutong.run('audit', '--last', '2', '--json');
    expect(told.split('\n').map((line) => Object.keys(JSON.parse(line)))).toEqual([
      expect.arrayContaining(['sequence', 'hash', 'previous_hash']),
      expect.arrayContaining(['sequence', 'hash', 'previous_hash']),
    ]);
    expect(await hutong.run('audit', '--last', '2')).toMatch(/\(\d+ older ones: --last \d+\)$/);
  });
});

describe('without a gateway', () => {
  it('the database itself is opened, and says the same', async () => {
    const alone = commandLine(world, { gateway: false });
    expect(await alone.run('seed', '--reason', 'the first')).toContain('create options of jd');
    expect(await alone.run('seed')).toBe('no changes');
    expect(await alone.run('rollback', 'jd', '--list')).toMatch(/│ 1 \(in force\) │ .* │ hutong │ the first │/);
    const out = join(alone.dataDir, 'exported');
    await alone.run('export', '--out', out);
    expect(await alone.run('seed', out, '--prune')).toBe('no changes');
    expect(await hutong.run('export', 'taote')).toContain(
      (await alone.run('export', 'taote')).split('\n').slice(1).join('\n'),
    );
    expect(await alone.run('audit', '--verify')).toMatch(/^\d+ entries, every link holds$/);
  });
});
