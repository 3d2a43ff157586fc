import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** `/docs` for people, `/openapi.json` for generators; the document is made when first asked for. */
export function serveOpenApi(app: NestFastifyApplication, publicUrl: string): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app, publicUrl), {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    customSiteTitle: 'Hutong API',
  });
}

/** The whole API as OpenAPI; the application need not listen. */
export function openApiDocument(app: NestFastifyApplication, publicUrl: string): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Hutong')
    .setDescription(
      'Payment methods for merchant apps, in each app’s own order. Amounts are integers in minor units (fen).',
    )
    .setVersion('0.1.0')
    .addServer(publicUrl)
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      description: 'An app key (hk_…); admin routes take an admin key (ha_…).',
    })
    .build();
  return SwaggerModule.createDocument(app, config);
}
