import { describe, expect, it } from 'vitest';
import { ATTEMPT_STATUSES } from './payment.js';
import { ATTEMPT_SOURCES, REFUND_SOURCES } from './transitions.js';

const leads = (sources: Readonly<Record<string, readonly string[]>>, from: string) =>
  Object.entries(sources)
    .filter(([, froms]) => froms.includes(from))
    .map(([to]) => to);

describe('an attempt', () => {
  it('never leaves paid', () => {
    expect(leads(ATTEMPT_SOURCES, 'paid')).toEqual([]);
  });

  it.each(['failed', 'closed'])('leaves %s only for paid', (state) => {
    expect(leads(ATTEMPT_SOURCES, state)).toEqual(['paid']);
  });

  it('leaves superseded for paid, or for closed when its time is over', () => {
    expect(leads(ATTEMPT_SOURCES, 'superseded').toSorted()).toEqual(['closed', 'paid']);
  });

  it('can be proven paid from every other state', () => {
    expect([...ATTEMPT_SOURCES.paid].toSorted()).toEqual(
      ATTEMPT_STATUSES.filter((state) => state !== 'paid').toSorted(),
    );
  });
});

describe('a refund', () => {
  it.each(['succeeded', 'failed'])('never leaves %s', (state) => {
    expect(leads(REFUND_SOURCES, state)).toEqual([]);
  });

  it('that waits for a person still ends as its provider says, or is sent again', () => {
    expect(leads(REFUND_SOURCES, 'needs_review').toSorted()).toEqual(['failed', 'processing', 'succeeded']);
  });
});
