import { describe, expect, it } from 'vitest';
import * as port from './index.js';

describe('the words of the port', () => {
  it.each([
    ['CLIENT_SDKS', port.CLIENT_SDKS],
    ['METHOD_KINDS', port.METHOD_KINDS],
    ['PRODUCTS', port.PRODUCTS],
    ['REJECTION_REASONS', port.REJECTION_REASONS],
    ['SCENES', port.SCENES],
    ['SNAPSHOT_STATES', port.SNAPSHOT_STATES],
  ])('%s are distinct and snake_case, equal in database, API and code', (_name, words) => {
    expect(new Set(words).size).toBe(words.length);
    for (const word of words) expect(word).toMatch(/^[a-z]+(?:_[a-z]+)*$/);
  });

  it('knows a scene from anything else', () => {
    expect(port.SCENES.every((scene) => port.isScene(scene))).toBe(true);
    for (const other of ['', 'App', 'toString', undefined, null, 1, ['app']]) expect(port.isScene(other)).toBe(false);
  });
});
