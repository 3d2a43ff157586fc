import { invalid, PaymentProblem } from '@hutong/payment-core';
import { describe, expect, it } from 'vitest';
import { MOST_UNKNOWN_CODES, UnknownCodes } from './unknown-codes.js';

const unknown = () => Promise.reject(new PaymentProblem('not_found', { code: 'text_code_unknown', detail: 'none' }));
const known = () => Promise.resolve('found');
const tooMany = expect.objectContaining({ code: 'too_many_unknown_codes' });

function counting() {
  const clock = { ms: 0 };
  const codes = new UnknownCodes(() => clock.ms);
  const miss = (app: string, times: number) =>
    Promise.allSettled(Array.from({ length: times }, () => codes.counted(app, unknown)));
  return { clock, codes, miss };
}

describe('codes that nobody shared', () => {
  it('may be asked for so often, and then nothing is looked up for a minute', async () => {
    const { clock, codes, miss } = counting();
    await miss('taote', MOST_UNKNOWN_CODES);
    let looked = 0;
    const look = async () => (looked += 1);
    await expect(codes.counted('taote', look)).rejects.toEqual(tooMany);
    clock.ms = 59_999;
    await expect(codes.counted('taote', look)).rejects.toEqual(tooMany);
    expect(looked).toBe(0);
    clock.ms = 60_000;
    await expect(codes.counted('taote', look)).resolves.toBe(1);
  });

  it('are counted for each app', async () => {
    const { codes, miss } = counting();
    await miss('taote', MOST_UNKNOWN_CODES + 1);
    await expect(codes.counted('jd', known)).resolves.toBe('found');
  });

  it('asked for all at once are looked up no oftener than one by one', async () => {
    const { codes } = counting();
    let looked = 0;
    const look = () => ((looked += 1), unknown());
    await Promise.allSettled(Array.from({ length: 10 * MOST_UNKNOWN_CODES }, () => codes.counted('taote', look)));
    expect(looked).toBe(MOST_UNKNOWN_CODES);
  });

  it('are no other refusals and nothing that is found: those cost nothing', async () => {
    const { codes } = counting();
    for (let times = 0; times < 2 * MOST_UNKNOWN_CODES; times += 1) {
      await codes.counted('taote', known);
      await codes.counted('taote', () => Promise.reject(invalid('/text', 'has no code'))).catch(() => undefined);
    }
    await expect(codes.counted('taote', known)).resolves.toBe('found');
  });
});
