import { describe, expect, it } from 'vitest';
import { fenField, readJsonObject, textField, timeField } from './json-fields.js';

describe('a JSON object', () => {
  it('is read out of UTF-8 bytes', () => {
    expect(readJsonObject(Buffer.from('{"name":"柚子"}'))).toEqual({ name: '柚子' });
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['another value', Buffer.from('null')],
    ['a list', Buffer.from('[{}]')],
    ['half an object', Buffer.from('{"a":')],
    ['a byte-order mark in front', Buffer.from('\ufeff{"a":1}')],
    ['bytes that are no UTF-8', Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')])],
  ])('is not made out of %s', (_what, bytes) => {
    expect(readJsonObject(bytes)).toBeUndefined();
  });
});

describe('a field', () => {
  it('is one of its own, of the right type, and not empty', () => {
    expect(textField({ a: 'x' }, 'a')).toBe('x');
    for (const value of ['', 7, null, {}, undefined]) expect(textField({ a: value }, 'a')).toBeUndefined();
    expect(textField(Object.create({ a: 'x' }) as Record<string, unknown>, 'a')).toBeUndefined();
  });

  it('holds fen only as a safe integer of one or more', () => {
    expect(fenField({ a: 1 }, 'a')).toBe(1);
    for (const value of [0, -1, 1.5, '1', Number.MAX_SAFE_INTEGER + 1, null])
      expect(fenField({ a: value }, 'a')).toBeUndefined();
  });

  it('holds a time only in RFC 3339', () => {
    expect(timeField({ a: '2018-06-08T10:34:56.789+08:00' }, 'a')).toEqual(new Date('2018-06-08T02:34:56.789Z'));
    for (const value of ['2018-06-08', '2018-06-08 10:34:56', '2018-13-08T10:34:56+08:00', 1_528_425_296]) {
      expect(timeField({ a: value }, 'a')).toBeUndefined();
    }
  });
});
