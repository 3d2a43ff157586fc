import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AUDIT_ACTIONS, brokenLink, FIRST_LINK, linkHash, type AuditEntry, type AuditNote } from './audit-entry.js';

const anyNote: fc.Arbitrary<AuditNote> = fc.record({
  actor: fc.string(),
  action: fc.constantFrom(...AUDIT_ACTIONS),
  app: fc.constantFrom('taote', 'jd'),
  subject: fc.string(),
  detail: fc.dictionary(fc.string(), fc.jsonValue()),
});

const AT = new Date('2026-11-23T00:00:00.123Z');

function chainOf(notes: readonly AuditNote[]): AuditEntry[] {
  const chain: AuditEntry[] = [];
  for (const [index, note] of notes.entries()) {
    const link = { ...note, sequence: index + 1, at: AT, previousHash: chain.at(-1)?.hash ?? FIRST_LINK };
    chain.push({ ...link, hash: linkHash(link) });
  }
  return chain;
}

it('a chain that was left alone holds, from anywhere in it', () => {
  fc.assert(
    fc.property(fc.array(anyNote), fc.nat(), (notes, at) => {
      const chain = chainOf(notes);
      expect(brokenLink(chain)).toBeUndefined();
      const cut = chain.length === 0 ? 0 : at % chain.length;
      expect(brokenLink(chain.slice(cut), chain[cut - 1])).toBeUndefined();
    }),
  );
});

it('an entry that was changed, dropped or swapped breaks it', () => {
  fc.assert(
    fc.property(fc.array(anyNote, { minLength: 2, maxLength: 6 }), fc.nat(), (notes, at) => {
      const chain = chainOf(notes);
      const index = at % (chain.length - 1);
      expect(brokenLink(chain.with(index, { ...chain[index]!, actor: `${chain[index]!.actor}!` }))).toEqual({
        sequence: index + 1,
        why: 'changed',
      });
      expect(brokenLink(chain.toSpliced(index, 1))).toEqual({ sequence: index + 1, why: 'missing' });
    }),
  );
});

it('an entry that was rewritten with a hash of its own is no longer linked to', () => {
  const [first, second] = chainOf([
    { actor: 'ha_1', action: 'app.saved', subject: 'app', detail: {} },
    { actor: 'ha_1', action: 'key.made', subject: 'key', detail: {} },
  ]);
  const forged = { ...first!, actor: 'ha_2' };
  expect(brokenLink([{ ...forged, hash: linkHash(forged) }, second!])).toEqual({ sequence: 2, why: 'unlinked' });
});
