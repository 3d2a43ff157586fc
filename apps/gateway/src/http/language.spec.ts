import { describe, expect, it } from 'vitest';
import { preferredLanguage } from './language.js';

describe('the language of an answer', () => {
  it.each([
    [undefined, 'zh-CN'],
    ['*', 'zh-CN'],
    ['fr', 'zh-CN'],
    ['en', 'en'],
    ['en-GB,en;q=0.9', 'en'],
    ['zh-TW', 'zh-CN'],
    ['en;q=0.5, zh;q=0.9', 'zh-CN'],
    ['zh;q=0.1, en', 'en'],
    ['en;q=0, zh', 'zh-CN'],
    ['english', 'zh-CN'],
    [';;;q=,,', 'zh-CN'],
  ])('for %j is %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });
});
