import 'reflect-metadata';
import { globSync } from 'node:fs';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, IsOptional, IsString, ValidateBy, validate } from 'class-validator';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPlainlyValid } from './proof-of-validity.js';

type Class = new () => object;

const sources = globSync(['../*/*.query.ts', '../*/*.dto.ts'], { cwd: import.meta.dirname });
const files = await Promise.all(sources.map((path) => import(path) as Promise<Record<string, unknown>>));
const classes = files
  .flatMap((file) => Object.values(file))
  .filter((it): it is Class => typeof it === 'function' && rulesOf(it as Class).length > 0);

function rulesOf(type: Class) {
  return getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
}

const OPTIONS = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };
const isValid = async (object: object) => (await validate(object, OPTIONS)).length === 0;

/** What queries and bodies of ours hold, and what they must not. */
const values = fc.oneof(
  fc.constantFrom<unknown>(
    '1299',
    'app',
    'CNY',
    'true',
    'vip,new',
    'vip,vip',
    ['vip'],
    '8.2.0',
    'https://shop.example',
  ),
  fc.constantFrom<unknown>(
    undefined,
    null,
    '',
    0,
    1299,
    -1,
    Number.NaN,
    true,
    [],
    [1],
    {},
    'x'.repeat(600),
    '\0',
    'A_1',
  ),
  fc.anything({ maxDepth: 1 }),
);

function anyOf(type: Class): fc.Arbitrary<object> {
  const names = [...new Set(rulesOf(type).map(({ propertyName }) => propertyName))];
  const fields = fc.record(Object.fromEntries(names.map((name) => [name, values])), { requiredKeys: [] });
  const unknown = fc.oneof({ weight: 9, arbitrary: fc.constant({}) }, fc.constant({ unheard_of: '1' }));
  return fc.tuple(fields, unknown).map(([plain, more]) => plainToInstance(type, { ...plain, ...more }));
}

describe('the proof of validity', () => {
  it('is tried on every class that a request is read into', () => {
    expect(classes.length).toBeGreaterThanOrEqual(15);
  });

  it.each(classes.map((type) => [type.name, type] as const))(
    'of %s never contradicts class-validator',
    async (_, type) => {
      await fc.assert(
        fc.asyncProperty(anyOf(type), async (object) => {
          expect(!isPlainlyValid(object) || (await isValid(object))).toBe(true);
        }),
      );
    },
  );

  it('is given for every valid question for options, and for no other', async () => {
    const type = classes.find(({ name }) => name === 'PaymentMethodsQuery')!;
    const whole = { amount: '1299', scene: 'app', payer_id: 'u1', segments: 'vip,new', client_version: '8.2.0' };
    const seen = new Set<boolean>();
    const names = [...new Set(rulesOf(type).map(({ propertyName }) => propertyName))];
    const change = fc.tuple(fc.constantFrom(...names, 'unheard_of'), values);
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 2 }), async (changes) => {
        const object = plainToInstance(type, { ...whole, ...Object.fromEntries(changes) });
        const valid = await isValid(object);
        seen.add(valid);
        expect(isPlainlyValid(object)).toBe(valid);
      }),
      { numRuns: 500 },
    );
    expect(seen.size).toBe(2);
  });

  it('leaves to class-validator what waits, what has groups, and what has no class', () => {
    const waits = ValidateBy({ name: 'waits', validator: { validate: async () => true } });
    class Waits {
      a = 'a';
    }
    waits(Waits.prototype, 'a');
    class Grouped {
      a = 'a';
    }
    IsString({ groups: ['some'] })(Grouped.prototype, 'a');
    IsOptional()(Grouped.prototype, 'a');
    expect([new Waits(), new Grouped(), {}, Object.create(null) as object].map(isPlainlyValid)).toEqual(
      Array.from({ length: 4 }, () => false),
    );
  });
});
