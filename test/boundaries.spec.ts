import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** Imports that the table in .dependency-cruiser.cjs refuses, each planted as a file of its own for the time of this run. */
const ILLEGAL: readonly (readonly [why: string, folder: string, imported: string])[] = [
  ['the port imports nothing', 'libs/payment-port', '@hutong/provider-kit'],
  ["the port imports nothing, Node's modules neither", 'libs/payment-port', 'node:crypto'],
  ['the core never names a provider', 'libs/payment-core', '@hutong/provider-wallet'],
  ['the core knows no framework', 'libs/payment-core', '@nestjs/common'],
  ['the core knows no store', 'libs/payment-core', '@hutong/payment-store'],
  ['Prisma lives in one lib', 'apps/gateway', '@prisma/client'],
  ['providers never meet', 'libs/provider-wallet', '@hutong/provider-alipay'],
  ['a provider knows no core', 'libs/provider-wallet', '@hutong/payment-core'],
  ['a provider ships without its contract', 'libs/provider-wallet', '@hutong/provider-contract'],
  ['what ships never leans on what specs use', 'libs/provider-wallet', './wallet.contract.harness.js'],
  ['a lib is entered by its index.ts', 'libs/provider-wallet', '../../provider-kit/src/yuan.js'],
  ['the kit knows no provider', 'libs/provider-kit', '@hutong/provider-wallet'],
  ['providers are named in the composition root only', 'apps/gateway', '@hutong/provider-wallet'],
  ['methods never meet the providers behind them', 'libs/method-barcode', '@hutong/provider-alipay'],
  ['a method knows no wire, nor what wires share', 'libs/method-barcode', '@hutong/provider-kit'],
  ['methods are named in the composition root only', 'apps/gateway', '@hutong/method-barcode'],
  ['the core never names a method', 'libs/payment-core', '@hutong/method-barcode'],
  ['the sandbox shares no code with the providers', 'apps/sandbox', '@hutong/provider-kit'],
  ['the sandbox shares no words with the port', 'apps/sandbox', '@hutong/payment-port'],
  ['the CLI speaks to no provider', 'apps/cli', '@hutong/provider-wallet'],
  ['the client shares nothing with the gateway', 'libs/client', '@hutong/payment-port'],
  ['the shops know the client only', 'apps/storefront', '@hutong/payment-core'],
  ['the shops know no gateway', 'apps/storefront', '@hutong/gateway'],
  ['what cannot be resolved is not allowed', 'libs/payment-core', '@hutong/no-such-lib'],
];

const planted = ILLEGAL.map(([, folder], index) => `${folder}/src/planted-${index}.ts`);

function removePlanted(): void {
  for (const path of planted) rmSync(resolve(root, path), { force: true });
}

async function cruiseEverything(): Promise<ICruiseResult> {
  const { allowed, allowedSeverity, options } = await extractConfig(resolve(root, '.dependency-cruiser.cjs'));
  const { output } = await cruise(
    ['apps', 'libs'],
    {
      ...options,
      baseDir: root,
      exclude: '(?:^|/)(?:dist/|node_modules/[^@]+/node_modules/)|^(?:apps|libs)/[^/]+/(?:dist|node_modules|bin)/',
      validate: true,
      ruleSet: {
        ...(allowed === undefined ? {} : { allowed }),
        ...(allowedSeverity === undefined ? {} : { allowedSeverity }),
      },
    },
    options?.enhancedResolveOptions,
    { tsConfig: extractTsConfig(resolve(root, 'tsconfig.json')) },
  );
  if (typeof output === 'string') throw new Error('dependency-cruiser answered a text.');
  return output;
}

describe('the boundaries between the rooms of the house', () => {
  let seen: ICruiseResult;

  beforeAll(async () => {
    ILLEGAL.forEach(([, , imported], index) =>
      writeFileSync(resolve(root, planted[index] ?? ''), `import '${imported}';\n`),
    );
    seen = await cruiseEverything();
    removePlanted();
  }, 120_000);

  afterAll(removePlanted);

  it('are crossed nowhere', () => {
    const crossed = seen.summary.violations.filter(({ from }) => !planted.includes(from));
    expect(crossed.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it.each(ILLEGAL)('refuse an import: %s (%s → %s)', (why, folder, imported) => {
    const index = ILLEGAL.findIndex((plant) => plant[0] === why && plant[1] === folder && plant[2] === imported);
    const refused = seen.summary.violations.filter(({ from }) => from === planted[index]);
    expect(refused.map(({ rule }) => rule.name)).toEqual(['not-in-allowed']);
  });

  it('were judged on the whole house: with a compiler it cannot use, the tool would see nothing and pass', () => {
    const ours = seen.modules.filter(
      ({ source }) => /^(?:apps|libs)\/.*\.ts$/.test(source) && !planted.includes(source),
    );
    const written = globSync('{apps,libs}/*/src/**/*.ts', { cwd: root }).filter(
      (path) => !/\/planted-\d+\.ts$/.test(path),
    );
    expect(ours.length).toBeGreaterThan(300);
    expect(written.filter((path) => !ours.some(({ source }) => source === path))).toEqual([]);
    const crossings = ours.flatMap(({ source, dependencies }) =>
      dependencies.filter(
        ({ resolved }) => resolved.startsWith('libs/') && resolved.split('/')[1] !== source.split('/')[1],
      ),
    );
    expect(crossings.length, 'imports between workspaces are seen as source').toBeGreaterThan(100);
  });
});

describe('the environment', () => {
  it('is read by libs/settings and by nobody else', () => {
    const readers = globSync('{apps,libs}/*/src/**/*.ts', { cwd: root })
      .filter((path) => !/(?:\.spec\.ts|\/testing\.ts|\/generated\/.*)$/.test(path))
      .filter((path) =>
        /\bprocess\s*(?:\?\.|\.|\[\s*['"])\s*env\b|\{[^}]*\benv\b[^}]*\}\s*=\s*process\b|from 'node:process'/.test(
          readFileSync(resolve(root, path), 'utf8'),
        ),
      );
    expect(readers).toEqual(['libs/settings/src/settings.ts']);
  });
});
