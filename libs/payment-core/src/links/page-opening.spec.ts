import { describe, expect, it } from 'vitest';
import type { CoreContext } from '../core-context.js';
import type { LinkPolicy } from './link-policy.js';
import { openingOf } from './page-opening.js';

const OPTIONS = { app: 'taote', version: 1, providers: {}, options: [], order: [], createdAt: new Date(0) };
const VISIT = { userAgent: 'Mozilla/5.0 MicroMessenger/8.0.16', from: 'singlemessage' };

/** Taote with these links, at this moment of the business clock. */
function coreAt(now: string, links?: LinkPolicy): Pick<CoreContext, 'stores' | 'clock'> {
  const findOptions = async (app: string) => (app === 'taote' ? { ...OPTIONS, ...(links && { links }) } : undefined);
  const core = { stores: { config: { findOptions } }, clock: { now: () => new Date(now) } };
  return core as unknown as Pick<CoreContext, 'stores' | 'clock'>;
}

describe('openingOf', () => {
  it('goes by the default where the options say nothing of links, by page and by the business clock', async () => {
    const september = coreAt('2021-09-20T12:00:00+08:00');
    const friend = await openingOf(september, 'taote', 'friend', VISIT);
    expect(friend).toMatchObject({ decision: 'confirm', kind: 'other', chatApp: 'wechat', entry: 'private' });
    expect(friend).toMatchObject({ because: 'phase', phase: { from: '2021-09-17T00:00:00+08:00' } });
    expect((await openingOf(september, 'taote', 'cashier', VISIT)).decision).toBe('copy_address');
    const november = coreAt('2021-11-29T22:00:00+08:00');
    expect((await openingOf(november, 'taote', 'cashier', VISIT)).decision).toBe('open');
  });

  it("goes by the app's own phases and kinds where it has some", async () => {
    const phase = {
      from: '2020-01-01T00:00:00+08:00',
      private: { shop: 'user_choice', other: 'open' },
      group: { shop: 'copy_address', other: 'copy_address' },
      timeline: { shop: 'copy_address', other: 'copy_address' },
    } as const;
    const core = coreAt('2021-09-01T12:00:00+08:00', { kinds: { code: 'shop', cashier: 'other' }, phases: [phase] });
    const openings = await Promise.all(
      (['cashier', 'friend', 'code'] as const).map((page) => openingOf(core, 'taote', page, VISIT)),
    );
    expect(openings.map(({ decision }) => decision)).toEqual(['open', 'open', 'user_choice']);
  });

  it('opens the page to whoever scanned it or stands in a browser, before any phase', async () => {
    const core = coreAt('2021-09-01T12:00:00+08:00');
    const scanned = await openingOf(core, 'taote', 'code', { userAgent: VISIT.userAgent });
    expect(scanned).toMatchObject({ decision: 'open', because: 'direct_entry', entry: 'direct' });
    const browser = await openingOf(core, 'taote', 'code', { ...VISIT, userAgent: 'Mozilla/5.0 Chrome/96.0' });
    expect(browser).toMatchObject({ decision: 'open', because: 'outside_chat_apps' });
  });

  it('knows no app that there is not', async () => {
    const core = coreAt('2021-09-01T12:00:00+08:00');
    await expect(openingOf(core, 'nobody', 'code', VISIT)).rejects.toMatchObject({ code: 'not_found' });
  });
});
