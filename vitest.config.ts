import swc from 'unplugin-swc';
import { defineConfig } from 'vitest/config';

// No 'import' here: Vitest passes these on to Node, where it would give CommonJS packages the ESM twins of their own.
const conditions = ['hutong-source', 'node'];

const shared = {
  plugins: [
    swc.vite({
      swcrc: false,
      module: { type: 'es6' },
      jsc: {
        target: 'es2023',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      },
    }),
  ],
  resolve: { conditions },
  ssr: { resolve: { conditions } },
};

const project = (name: string, include: string[], testTimeout = 10_000) => ({
  ...shared,
  test: { name, include, testTimeout, hookTimeout: 60_000 },
});

export default defineConfig({
  test: {
    projects: [
      project('unit', ['libs/*/src/**/*.spec.ts', 'apps/*/src/**/*.spec.ts', 'test/*.spec.ts'], 20_000),
      project('e2e', ['test/e2e/**/*.spec.ts'], 60_000),
      project('interop', ['test/interop/**/*.spec.ts'], 60_000),
    ],
  },
});
