import type { OpenAPIObject } from '@nestjs/swagger';
import type { Stores } from '@hutong/payment-core';
import { readSettings } from '@hutong/settings';
import { createGateway } from './gateway.js';
import { openApiDocument } from './openapi.js';
import { providerTools } from './provider-tools.js';

/** The gateway's OpenAPI document, for generators: made in this process, without a database, a provider or a port. */
export async function describeApi(): Promise<OpenAPIObject> {
  const settings = readSettings({ LOG_LEVEL: 'silent' });
  const app = await createGateway({ settings, stores: noStores, providers: [], tools: providerTools });
  try {
    return openApiDocument(app, settings.publicUrl);
  } finally {
    await app.close();
  }
}

/** Describing reads no row. */
const noStores = new Proxy({} as Stores, {
  get(_target, name) {
    throw new Error(`The API is described without stores, and something asked for ${String(name)}.`);
  },
});
