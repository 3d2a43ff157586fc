import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CannotOpen, readShopKeys } from './shop-keys.js';

const folder = mkdtempSync(join(tmpdir(), 'hutong-shop-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (text: string): void => writeFileSync(join(folder, 'keys.json'), text);

describe("the shops' keys", () => {
  it('missing, say how to get them', () => {
    expect(() => readShopKeys(join(folder, 'elsewhere'))).toThrow(/npm start/);
  });

  it('are read from what npm start wrote', () => {
    write('{"admin":"ha_1","apps":{"taote":"hk_test_1"}}');
    expect(readShopKeys(folder)).toEqual({ taote: 'hk_test_1' });
  });

  it.each(['', '[]', '{"apps":[1]}', '{"apps":{"taote":7}}', 'hk_test_secret'])('are not read from %j', (text) => {
    write(text);
    expect(() => readShopKeys(folder)).toThrow(CannotOpen);
    expect(() => readShopKeys(folder)).not.toThrow(/secret/);
  });
});
