import { describe, expect, it } from 'vitest';
import { formEncode } from './charset.js';
import { parseMultipart } from './multipart.js';
import { Parameters, parsePairs, queryOf } from './parameters.js';

const part = (head: string, value: string) => `--B\r\nContent-Disposition: form-data; ${head}\r\n\r\n${value}\r\n`;

describe('parameters of a gateway call', () => {
  it('merges query and body, the body winning', () => {
    const merged = Parameters.merge(parsePairs('a=1&b=2'), parsePairs('b=3&c=%E6%B7%98'));
    expect(merged.entries()).toEqual([
      ['a', '1'],
      ['b', '3'],
      ['c', '淘'],
    ]);
  });

  it('reads values in the charset that the call names', () => {
    const parameters = Parameters.merge(parsePairs(`charset=GBK&subject=${formEncode('淘特 1', 'gbk')}`));
    expect(parameters.get('subject')).toBe('淘特 1');
  });

  it('reads a stray % as itself, + as a blank, and a blank value as absent', () => {
    const parameters = Parameters.merge(parsePairs('a=100%&b=x+y&c=+&d'));
    expect([parameters.get('a'), parameters.get('b'), parameters.get('c'), parameters.get('d')]).toEqual([
      '100%',
      'x y',
      undefined,
      undefined,
    ]);
  });

  it('finds the query in origin-form and absolute-form targets', () => {
    expect([queryOf('/gateway.do?a=1?2'), queryOf('http://h:4000/gateway.do?a=1'), queryOf('/gateway.do')]).toEqual([
      'a=1?2',
      'a=1',
      '',
    ]);
  });

  it('takes text fields of multipart bodies as bytes and leaves files out', () => {
    const body = Buffer.from(
      `${part('name="biz_content"', '{"a":"淘\r\n特"}')}${part('name="file"; filename="x.png"', 'png')}--B--\r\n`,
    );
    const parameters = Parameters.merge(parseMultipart(body, 'multipart/form-data; boundary=B'));
    expect(parameters.entries()).toEqual([['biz_content', '{"a":"淘\r\n特"}']]);
  });
});
