/**
 * Who may import whom, default-deny: the directions between the workspaces as data. An import that no line here allows is
 * refused by test/boundaries.spec.ts.
 */

/** The three packages behind a decorated settings class. */
const SETTINGS_CLASSES = ['class-validator', 'class-transformer', 'reflect-metadata'];

/** What daily statements come packed in. */
const STATEMENT_FILES = ['csv-parse', '@zip.js/zip\\.js'];

/** Each folder: the libs it may enter (by their index.ts), its npm packages, whether it may use Node's own modules. */
const MAY_IMPORT = {
  'libs/payment-port': { libs: [], npm: [], node: false },
  'libs/payment-core': { libs: ['payment-port'], npm: [] },
  'libs/payment-store': {
    libs: ['payment-port', 'payment-core'],
    npm: ['@nestjs/[^/]+', '@prisma/[^/]+', 'pg', '@electric-sql/pglite', 'pglite-prisma-adapter'],
  },
  'libs/provider-kit': { libs: ['payment-port'], npm: ['undici', ...SETTINGS_CLASSES] },
  'libs/provider-contract': { libs: ['payment-port'], npm: ['vitest'] },
  'libs/provider-(?!kit/|contract/)[^/]+': {
    libs: ['payment-port', 'provider-kit'],
    specs: ['provider-contract'],
    npm: [...SETTINGS_CLASSES, ...STATEMENT_FILES],
  },
  'libs/method-[^/]+': { libs: ['payment-port', 'payment-core'], specs: ['provider-contract'], npm: SETTINGS_CLASSES },
  'libs/settings': { libs: [], npm: SETTINGS_CLASSES },
  'libs/client': { libs: [], npm: ['openapi-fetch'] },
  'apps/gateway': {
    libs: ['payment-port', 'payment-core', 'payment-store', 'provider-kit', 'settings'],
    npm: declaredBy('apps/gateway'),
  },
  // Shares no code with the providers: two independent readings of one wire check each other.
  'apps/sandbox': {
    libs: ['settings'],
    npm: [
      'fastify',
      '@fastify/[^/]+',
      'undici',
      '@peculiar/x509',
      'reflect-metadata',
      '@zip.js/zip.js',
      'iconv-lite',
      'qrcode',
    ],
  },
  'apps/storefront': { libs: ['settings', 'client'], npm: declaredBy('apps/storefront') },
  // The store only offline, when no gateway runs; `gateway` for its exports, never its insides.
  'apps/cli': {
    libs: ['payment-port', 'payment-core', 'payment-store', 'settings', 'client'],
    apps: ['gateway'],
    npm: declaredBy('apps/cli'),
  },
};

/** What only specs, and the doubles they stand on, may use. */
const SPEC = '(?:\\.spec|\\.contract\\.harness|/test-[^/]+|/testing/[^/]+|/testing)\\.tsx?$';
const SPEC_NPM = [
  'vitest',
  'fast-check',
  'ajv',
  'ajv-formats',
  'csv-parse',
  '@peculiar/x509',
  '@nestjs/testing',
  'standardwebhooks',
  'alipay-sdk',
  'standardwebhooks',
  'wechatpay-axios-plugin',
];

/** The npm packages in an app's own package.json. */
function declaredBy(folder) {
  try {
    const { dependencies } = require(`./${folder}/package.json`);
    return Object.keys(dependencies).filter((name) => !name.startsWith('@hutong/'));
  } catch {
    return [];
  }
}

const anyOf = (names) => `(?:${names.join('|')})`;
const installed = (names) => `(?:^|/)node_modules/(?:@types/)?${anyOf(names)}/`;
const entry = (kind, names) => `^${kind}/${anyOf(names)}/src/index\\.ts$`;

function allowedFrom([folder, { libs, npm, apps = [], specs = [], node = true }]) {
  const from = { path: `^${folder}/` };
  const fromSpec = { path: `^${folder}/.*${SPEC}` };
  const allowed = [
    { from: fromSpec, to: { path: installed(SPEC_NPM) } },
    { from: fromSpec, to: { dependencyTypes: ['core'] } },
    // A store's own doubles are an entry of their own, for specs.
    { from: fromSpec, to: { path: '^libs/payment-store/src/testing(?:/index)?\\.ts$' } },
  ];
  if (libs.length > 0) allowed.push({ from, to: { path: entry('libs', libs) } });
  if (specs.length > 0) allowed.push({ from: fromSpec, to: { path: entry('libs', specs) } });
  if (apps.length > 0) allowed.push({ from, to: { path: entry('apps', apps) } });
  if (npm.length > 0) allowed.push({ from, to: { path: installed(npm) } });
  if (node) allowed.push({ from, to: { dependencyTypes: ['core'] } });
  return allowed;
}

module.exports = {
  allowedSeverity: 'error',
  allowed: [
    // Neighbours import each other directly; what ships never leans on what only specs use.
    { from: { path: '^((?:apps|libs)/[^/]+)/', pathNot: SPEC }, to: { path: '^$1/', pathNot: SPEC } },
    { from: { path: `^((?:apps|libs)/[^/]+)/.*${SPEC}` }, to: { path: '^$1/' } },
    ...Object.entries(MAY_IMPORT).flatMap(allowedFrom),
    // The one place that names providers and methods.
    {
      from: { path: '^apps/gateway/src/composition-root\\.ts$' },
      to: { path: '^libs/(?:provider-(?!kit/|contract/)|method-)[^/]+/src/index\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: '(?:^|/)(?:node_modules|dist)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['hutong-source', 'import', 'node', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
