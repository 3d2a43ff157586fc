import { createSign, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hutong } from '../program.js';

const pem = () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  return {
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
};
const [app, alipay] = [pem(), pem()];
const folder = mkdtempSync(join(tmpdir(), 'hutong-doctor-'));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const call = 'app_id=2021000000000001&method=alipay.trade.query';
const signed = (text: string): string =>
  encodeURIComponent(createSign('RSA-SHA256').update(text).sign(app.privatePem, 'base64'));

describe('hutong doctor <message> --settings', () => {
  let printed: string[];
  let settings: string;

  beforeEach(() => {
    printed = [];
    vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
    file('app.pem', app.privatePem);
    file('alipay.pem', alipay.publicPem);
    settings = file(
      'account.yaml',
      "app_id: '2021000000000001'\nprivate_key: { file: app.pem }\nalipay_public_key: { file: alipay.pem }\n",
    );
  });
  afterEach(() => {
    vi.restoreAllMocks();
    process.exitCode = undefined;
  });

  const run = (...words: string[]) =>
    hutong()
      .exitOverride()
      .parseAsync(['node', 'hutong', 'doctor', ...words]);

  it('says that a signature holds, and ends with 0', async () => {
    const text = `${call}&sign_type=RSA2`;
    await run(file('right.txt', `${text}&sign=${signed(text)}\n`), '--settings', settings);
    expect(printed.join()).toContain('✔ The signature holds');
    expect(process.exitCode).toBeUndefined();
  });

  it('names the cause, what to do and the expected string, and ends with 1; never with a key', async () => {
    const message = file('wrong.txt', `${call}&sign_type=RSA2&sign=${signed(call)}`);
    await run(message, '--settings', settings);
    expect(printed.join()).toContain('✘ sign_type_left_out');
    expect(printed.join()).toContain('→ In a request only');
    expect(printed.join()).toContain(`${call}&sign_type=RSA2`);
    expect(printed.join()).not.toContain('PRIVATE');
    expect(process.exitCode).toBe(1);
    printed = [];
    await run(message, '--settings', settings, '--json');
    expect(JSON.parse(printed.join())).toMatchObject({ holds: false, findings: [{ cause: 'sign_type_left_out' }] });
  });

  it('finds keys that were mixed up in the file', async () => {
    file('alipay.pem', app.publicPem);
    const text = `${call}&sign_type=RSA2`;
    await run(file('right.txt', `${text}&sign=${signed(text)}`), '--settings', settings);
    expect(printed.join()).toContain('✘ own_key_as_provider_key');
  });

  it.each<[words: readonly string[], says: string]>([
    [['nowhere.txt'], 'can not be read'],
    [[file('some.txt', 'GET / HTTP/1.1\n\n'), '--settings', 'x'], 'Say it with --provider'],
    [[file('call.txt', call)], 'Whose keys?'],
    [[file('call.txt', call), '--settings', 'nowhere.yaml'], 'can not be read'],
    [[file('call.txt', call), '--settings', file('list.yaml', '- 1')], 'does not hold the fields'],
    [[file('call.txt', call), '--settings', file('ill.yaml', 'private_key: "secret')], 'neither YAML nor JSON'],
    [[file('call.txt', call), '--provider', 'wallet', '--settings', file('ok.yaml', 'a: 1')], 'can not be diagnosed'],
  ])('says in a sentence what it lacks: %j', async (words, says) => {
    await expect(run(...words)).rejects.toThrow(says);
  });
});
