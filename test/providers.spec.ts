import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { ORDINARY_PACE } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { providers } from '../apps/gateway/src/composition-root.js';

const root = resolve(import.meta.dirname, '..');
const compositionRoot = readFileSync(resolve(root, 'apps/gateway/src/composition-root.ts'), 'utf8');
const gateway = JSON.parse(readFileSync(resolve(root, 'apps/gateway/package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};

/** Parts that providers share; no wires. */
const SHARED = new Set(['provider-kit', 'provider-contract']);

const folders = globSync('libs/provider-*', { cwd: root }).filter((folder) => !SHARED.has(basename(folder)));

/** The checklist of docs/adding-a-provider.md, kept true. */
describe('every provider', () => {
  it('is found: there are at least three', () => expect(folders.length).toBeGreaterThanOrEqual(3));

  it.each(folders)('%s has the files that every provider has', (folder) => {
    const name = basename(folder).replace('provider-', '');
    const wanted = [
      'README.md',
      'package.json',
      'src/index.ts',
      ...['', '.config', '.client', '.errors', '.states', '.contract.spec'].map((kind) => `src/${name}${kind}.ts`),
    ];
    expect(wanted.filter((file) => !existsSync(resolve(root, folder, file)))).toEqual([]);
  });

  it.each(folders)('%s runs the contract', (folder) => {
    const [spec] = globSync(`${folder}/src/*.contract.spec.ts`, { cwd: root });
    expect(readFileSync(resolve(root, spec ?? ''), 'utf8')).toMatch(/^\s*describeProviderContract\(/m);
  });

  it.each(folders)('%s has its line in the composition root', (folder) => {
    const name = `@hutong/${basename(folder)}`;
    expect(compositionRoot).toContain(`from '${name}'`);
    expect(gateway.dependencies).toHaveProperty([name]);
  });

  it('is asked less and less often, and at a pace that ends a backlog without flooding it', () => {
    for (const { pace = ORDINARY_PACE } of providers) {
      for (const steps of [pace.orderStepsS, pace.refundStepsS]) expect(steps).toEqual(steps.toSorted((a, b) => a - b));
      expect(pace.backgroundPerSecond).toBeGreaterThanOrEqual(1);
      expect(pace.backgroundPerSecond).toBeLessThanOrEqual(100);
    }
  });

  it('has an id of its own, and methods of its own', () => {
    expect(providers).toHaveLength(folders.length);
    const ids = providers.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const methods = providers.flatMap((provider) => provider.methods.map(({ id }) => id));
    expect(new Set(methods).size).toBe(methods.length);
  });
});
