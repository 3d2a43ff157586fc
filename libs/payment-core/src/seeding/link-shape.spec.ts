import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyLinkPolicy } from '../links/test-link-policies.js';
import { linksShape } from './link-shape.js';
import { PointerSpot } from './spot.js';

const phase = (from: string, more: object = {}) => {
  return { from, private: 'open', group: 'copy_address', timeline: 'copy_address', ...more };
};
const FIRST = phase('2021-09-17T00:00:00+08:00', { private: { shop: 'copy_address', other: 'confirm' } });
const SECOND = phase('2021-11-29T20:00:00+08:00');

function read(value: unknown) {
  const root = new PointerSpot();
  const links = linksShape(value, root);
  return { links, told: root.problems.map(({ pointer, message }) => `${pointer} ${message}`) };
}

describe('the links of an app', () => {
  it('say a decision in one word for both kinds, or for each', () => {
    const { links, told } = read({ kinds: { code: 'shop' }, phases: [FIRST] });
    expect(told).toEqual([]);
    expect(links).toEqual({
      kinds: { code: 'shop' },
      phases: [
        {
          from: '2021-09-17T00:00:00+08:00',
          private: { shop: 'copy_address', other: 'confirm' },
          group: { shop: 'copy_address', other: 'copy_address' },
          timeline: { shop: 'copy_address', other: 'copy_address' },
        },
      ],
    });
  });

  it.each([
    ['without phases', {}, '/phases is missing.'],
    ['with none of them', { phases: [] }, '/phases must have a phase; leave links out for the default.'],
    ['out of order', { phases: [SECOND, FIRST] }, '/phases/1/from must be later than that of the phase before it.'],
    [
      'with one moment twice, spelled in two ways',
      { phases: [SECOND, phase('2021-11-29T12:00:00Z')] },
      '/phases/1/from must be later than that of the phase before it.',
    ],
    [
      'with a moment that has no offset',
      { phases: [phase('2021-09-17T00:00:00')] },
      '/phases/0/from must be a date and time with its offset, such as 2027-03-01T10:00:00+08:00.',
    ],
    [
      'with a word that is no decision',
      { phases: [{ ...SECOND, group: 'ask' }] },
      '/phases/0/group must be one of open, confirm, copy_address, user_choice; it is "ask".',
    ],
    [
      'with a decision for one kind only',
      { phases: [{ ...SECOND, group: { shop: 'open' } }] },
      '/phases/0/group/other is missing.',
    ],
    [
      'with a list for a decision',
      { phases: [{ ...SECOND, group: [] }] },
      '/phases/0/group must be one of open, confirm',
    ],
    [
      'with an entry left out',
      { phases: [{ from: SECOND.from, private: 'open', group: 'open' }] },
      '/phases/0/timeline is missing.',
    ],
    ['with an entry of its own', { phases: [{ ...SECOND, mail: 'open' }] }, '/phases/0/mail is not known here'],
    ['about a page that there is not', { kinds: { home: 'shop' }, phases: [SECOND] }, '/kinds/home is not known here'],
    [
      'with a kind that there is not',
      { kinds: { code: 'game' }, phases: [SECOND] },
      '/kinds/code must be one of shop, other; it is "game".',
    ],
  ])('are refused %s', (_, value, message) => {
    expect(read(value).told).toEqual([expect.stringContaining(message)]);
  });

  it('are read in one order of phases and refused in every other', () => {
    const shuffled = anyLinkPolicy
      .filter(({ phases }) => phases.length > 1)
      .chain(({ phases }) => fc.shuffledSubarray([...phases], { minLength: phases.length }));
    fc.assert(
      fc.property(shuffled, (phases) => {
        const inOrder = phases.every(
          ({ from }, index) => index === 0 || Date.parse(from) > Date.parse(phases[index - 1]!.from),
        );
        expect(read({ phases }).told.length === 0).toBe(inOrder);
      }),
    );
  });
});
