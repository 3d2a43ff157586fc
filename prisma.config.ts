import { defineConfig } from 'prisma/config';

// `generate` and `validate` ask for a native schema engine only to know that it exists; migrations run on the WASM one.
process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= process.execPath;

export default defineConfig({ schema: 'prisma/schema.prisma', migrations: { path: 'prisma/migrations' } });
