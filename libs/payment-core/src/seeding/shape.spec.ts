import { expect, it } from 'vitest';
import { anyText } from './shape.js';
import { PointerSpot } from './spot.js';

it.each(['', ' ', 'a\u0000', '\ud800', 1, null])('%j is no text of a configuration', (value) => {
  const root = new PointerSpot();
  expect(anyText(value, root)).toBeUndefined();
  expect(root.problems).toHaveLength(1);
});

it('a text in any script is taken as it is', () => {
  expect(anyText('拼多多 🥢', new PointerSpot())).toBe('拼多多 🥢');
});
