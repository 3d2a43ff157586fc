import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { ProviderDirectory } from '@hutong/payment-core';
import { PRODUCTS } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { methods, providers } from '../apps/gateway/src/composition-root.js';
import { providerTools } from '../apps/gateway/src/provider-tools.js';

const root = resolve(import.meta.dirname, '..');
const compositionRoot = readFileSync(resolve(root, 'apps/gateway/src/composition-root.ts'), 'utf8');
const gateway = JSON.parse(readFileSync(resolve(root, 'apps/gateway/package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};
const folders = globSync('libs/method-*', { cwd: root });

/** The checklist of docs/adding-a-method.md, kept true. */
describe('every method over several providers', () => {
  it('is found: there is at least one', () => expect(folders.length).toBeGreaterThanOrEqual(1));

  it.each(folders)('%s has the files that every method has', (folder) => {
    const name = basename(folder).replace('method-', '');
    const wanted = ['README.md', 'package.json', 'src/index.ts', `src/${name}.ts`, `src/${name}.spec.ts`];
    expect(wanted.filter((file) => !existsSync(resolve(root, folder, file)))).toEqual([]);
  });

  it.each(folders)('%s has its line in the composition root', (folder) => {
    const name = `@hutong/${basename(folder)}`;
    expect(compositionRoot).toContain(`from '${name}'`);
    expect(gateway.dependencies).toHaveProperty([name]);
  });

  it('has an id of its own, also among the methods of the providers, and is known to the core', () => {
    const own = providers.flatMap((provider) => provider.methods.map(({ id }) => id));
    const ids = [...own, ...methods.map(({ id }) => id)];
    expect(new Set(ids).size).toBe(ids.length);
    const known = new ProviderDirectory({ providers, methods }, providerTools).methods().map(({ id }) => id);
    expect(known).toEqual(ids);
  });

  it.each(methods.map((method) => [method.id, method] as const))(
    '%s is built over installed providers and products of the port',
    (_id, method) => {
      expect(method.providers.length).toBeGreaterThan(0);
      expect(providers.map(({ id }) => id)).toEqual(expect.arrayContaining([...method.providers]));
      for (const product of Object.values(method.scenes)) expect(PRODUCTS).toContain(product);
    },
  );
});
