import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaText } from '@hutong/cli';
import { methods, providers } from '@hutong/gateway';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const folder = join(import.meta.dirname, '../prisma/seed');
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const textOf = (name: string) => readFileSync(join(folder, name), 'utf8');

describe('prisma/seed/seed.schema.json', () => {
  it('says what the code that reads seeds says', () => {
    expect(
      textOf('seed.schema.json') === schemaText({ providers, methods }),
      'It is out of date. Rewrite it: npm run build && npx hutong schema > prisma/seed/seed.schema.json',
    ).toBe(true);
  });

  it('stands beside thirteen apps', () => expect(files).toHaveLength(13));

  it.each(files)('takes %s, which names it for editors', (name) => {
    const ajv = new Ajv2020({ allErrors: true });
    addFormats.default(ajv);
    const validate = ajv.compile(JSON.parse(textOf('seed.schema.json')) as object);
    validate(parse(textOf(name)));
    expect(validate.errors ?? []).toEqual([]);
    expect(textOf(name).split('\n')[0]).toBe('# yaml-language-server: $schema=./seed.schema.json');
  });
});
