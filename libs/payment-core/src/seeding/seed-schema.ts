import type { Installation } from '../provider-directory.js';
import { seedShape } from './seed-shape.js';
import type { JsonSchema } from './shape.js';

/** What a seed file may say, as a JSON Schema for editors: the shapes that read it say the same, and more exactly. */
export function seedSchema(installation: Installation): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'An app of Hutong: its accounts, its options and their order',
    ...seedShape(installation, 'named').schema,
  };
}
