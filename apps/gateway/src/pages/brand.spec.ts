import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brandStyle, contrast, inkOn } from './brand.js';

const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('the colour of an app', () => {
  it('carries black or white text that reads at 4.5:1 or more, whatever it is', () => {
    fc.assert(
      fc.property(colour, (brand) => {
        expect(contrast(brand, inkOn(brand))).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  it.each([
    ['#f2b600', '#000000'],
    ['#e02e24', '#ffffff'],
    ['#ffffff', '#000000'],
  ])('%s carries %s', (brand, ink) => expect(inkOn(brand)).toBe(ink));

  it.each(['red', '#fff', '#12345g', '#123456;}body{display:none', '', undefined])(
    'is replaced by a plain one when it is no #rrggbb: %s',
    (hostile) => expect(brandStyle(hostile).css).toBe(':root{--brand:#1f4fa3;--on-brand:#ffffff}'),
  );
});

describe('the colours of the stylesheet', () => {
  const css = readFileSync(new URL('../../assets/pages.css', import.meta.url), 'utf8');
  const [light = '', dark = ''] = css.split('prefers-color-scheme: dark');
  const ROWS = [
    ['ink', 'card'],
    ['ink', 'ground'],
    ['muted', 'card'],
    ['muted', 'ground'],
    ['good', 'card'],
    ['bad', 'card'],
    ['ink', 'note'],
    ['link', 'card'],
    ['link', 'ground'],
    ['on-badge', 'badge'],
  ] as const;

  describe.each([
    ['light', light],
    ['dark', dark],
  ])('%s', (_, block) => {
    const token = (name: string) => new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(block)?.[1] ?? 'missing';

    it.each(ROWS)('%s on %s reads at 4.5:1 or more', (text, ground) => {
      expect(contrast(token(text), token(ground))).toBeGreaterThanOrEqual(4.5);
    });

    it.each(['edge', 'focus'])('%s stands out from the card at 3:1 or more', (name) => {
      expect(contrast(token(name), token('card'))).toBeGreaterThanOrEqual(3);
    });
  });
});
