import { describe, expect, it } from 'vitest';
import { masked } from './request-log.js';

describe('the request log', () => {
  it.each([
    ['{"auth_code":"289","amount":1}', '{"auth_code":"***","amount":1}'],
    ['{"auth_code": 289}', '{"auth_code": ***}'],
    ['appid=wx1&secret=s3cret&code=c', 'appid=wx1&secret=***&code=c'],
    ['grant_type=refresh_token&refresh_token=r1', 'grant_type=refresh_token&refresh_token=***'],
    [
      'biz_content=%7B%22auth_code%22%3A%22289%22%2C%22a%22%3A1%7D',
      'biz_content=%7B%22auth_code%22%3A%22***%22%2C%22a%22%3A1%7D',
    ],
    ['a=1&biz_content={"auth_code":"289"}&b=2', 'a=1&biz_content={"auth_code":"***"}&b=2'],
    ['{"out_trade_no":"n_1"}', '{"out_trade_no":"n_1"}'],
  ])('shows %s as %s', (text, shown) => {
    expect(masked(text)).toBe(shown);
  });
});
