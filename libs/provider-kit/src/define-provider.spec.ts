import { InvalidAccountConfig, type PaymentProvider } from '@hutong/payment-port';
import { Type } from 'class-transformer';
import { IsOptional, IsString, Length, ValidateNested } from 'class-validator';
import { describe, expect, it } from 'vitest';
import { defineProvider } from './define-provider.js';
import { Secret } from './secret.js';

class Key {
  @IsString({ message: 'must be a text' })
  serial: string;
}

class BaseSettings {
  @Secret()
  @Length(8, 20, { message: 'must be 8 to 20 characters' })
  secret: string;
}

class TestSettings extends BaseSettings {
  @IsOptional()
  @IsString({ message: 'must be a text' })
  host = 'https://default.example.com';

  @Secret()
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => Key)
  keys?: Key[];
}

const seen: unknown[] = [];

const definition = defineProvider({
  id: 'test_pay',
  title: { 'zh-CN': '试付', en: 'Test Pay' },
  methods: [],
  settings: TestSettings,
  connect: (settings) => {
    seen.push(settings);
    return {} as PaymentProvider;
  },
  fromSandbox: (account) => account,
});

function pointersOf(settings: unknown): string[] {
  try {
    definition.readSettings(settings);
  } catch (error) {
    if (error instanceof InvalidAccountConfig) return error.errors.map(({ pointer }) => pointer);
    throw error;
  }
  return [];
}

describe('a provider defined by its settings class', () => {
  it('fills in defaults and hands connect an instance of the class', () => {
    expect(definition.readSettings({ secret: 'long enough' })).toEqual({
      secret: 'long enough',
      host: 'https://default.example.com',
    });
    definition.connect({ secret: 'long enough' }, {} as never);
    expect(seen.at(-1)).toBeInstanceOf(TestSettings);
  });

  it('connects nothing with settings that do not fit', () => {
    const before = seen.length;
    expect(() => definition.connect({ secret: 'short' }, {} as never)).toThrow(InvalidAccountConfig);
    expect(seen).toHaveLength(before);
  });

  it('points at each field that does not fit, also inside lists', () => {
    expect(pointersOf({})).toEqual(['/secret']);
    expect(pointersOf({ secret: 'long enough', keys: [{ serial: '1' }, { serial: 2 }] })).toEqual(['/keys/1/serial']);
    expect(pointersOf({ secret: 'long enough', keys: [{ serial: '1', more: 1 }] })).toEqual(['/keys/0/more']);
  });

  it('writes pointers as RFC 6901 says', () => {
    expect(pointersOf({ secret: 'long enough', 'a/b~c': 1 })).toEqual(['/a~1b~0c']);
  });

  it.each([undefined, null, 'text', 1, []])('takes %j for no settings', (settings) => {
    expect(pointersOf(settings)).toHaveLength(1);
  });

  it('knows the secret fields, inherited ones too, and never repeats one', () => {
    expect(definition.secretFields.toSorted()).toEqual(['keys', 'secret']);
    expect(() => definition.readSettings({ secret: 'hunter2' })).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('hunter2') }),
    );
  });
});
