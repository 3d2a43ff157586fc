import { describe, expect, it } from 'vitest';
import { stringToSign } from './string-to-sign.js';

describe('the text under a signature', () => {
  it('joins raw values by name in ASCII order, capitals and underscores where ASCII puts them', () => {
    const parameters: [string, string][] = [
      ['sign_type', 'RSA2'],
      ['biz_content', '{"subject":"a&b=c d"}'],
      ['sign_a', '1'],
      ['Zone', 'z'],
      ['app_id', '2021'],
    ];
    expect(stringToSign(parameters)).toBe(
      'Zone=z&app_id=2021&biz_content={"subject":"a&b=c d"}&sign_a=1&sign_type=RSA2',
    );
  });

  it('leaves the order it was given alone', () => {
    const parameters: [string, string][] = [
      ['b', '2'],
      ['a', '1'],
    ];
    stringToSign(parameters);
    expect(parameters.map(([name]) => name)).toEqual(['b', 'a']);
  });
});
