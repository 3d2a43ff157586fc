import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mask } from './mask.js';

describe('a mask', () => {
  it('shows enough to recognise and too little to use', () => {
    expect(mask('wxd678efh567hg6787')).toBe('wx****87');
    expect(mask('12345678')).toBe('****');
  });

  it('shows at most four characters of anything', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(mask(text).replaceAll('*', '').length).toBeLessThanOrEqual(4);
      }),
    );
  });
});
