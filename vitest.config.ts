import swc from 'unplugin-swc';
import { defineConfig } from 'vitest/config';

// No 'import' here: Vitest passes these on to Node, where it would give CommonJS packages the ESM twins of their own.
const conditions = ['hutong-source', 'node'];

/** Files with markup are read as such; in all others `<T>(x)` is a type. */
const compile = (tsx: boolean) =>
  swc.vite({
    swcrc: false,
    tsconfigFile: false,
    include: tsx ? /\.tsx$/ : /\.ts$/,
    module: { type: 'es6' },
    jsc: {
      target: 'es2023',
      keepClassNames: true,
      parser: { syntax: 'typescript', decorators: true, tsx },
      transform: {
        legacyDecorator: true,
        decoratorMetadata: true,
        useDefineForClassFields: false,
        react: { runtime: 'automatic', importSource: 'hono/jsx' },
      },
    },
  });

const shared = {
  plugins: [compile(false), compile(true)],
  resolve: { conditions },
  ssr: { resolve: { conditions } },
};

const project = (name: string, include: string[], testTimeout = 10_000) => ({
  ...shared,
  test: { name, include, testTimeout, hookTimeout: Math.max(60_000, testTimeout) },
});

export default defineConfig({
  test: {
    projects: [
      project('unit', ['libs/*/src/**/*.spec.ts', 'apps/*/src/**/*.spec.{ts,tsx}', 'test/*.spec.ts'], 20_000),
      project('e2e', ['test/e2e/**/*.spec.ts'], 60_000),
      project('interop', ['test/interop/**/*.spec.ts'], 60_000),
      // These two need a Chromium: `npm run test:browser` and `npm run screenshots` see to it.
      project('browser', ['test/browser/*.spec.ts'], 180_000),
      project('screenshots', ['test/browser/pictures/*.spec.ts'], 600_000),
    ],
  },
});
