import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Device, PageStates } from '../states/state.js';
import { Orders } from './orders.js';
import { useStreet } from './street.js';
import { VIEWPORTS, type Visitor, type VisitorWish } from './visitor.js';

/** Both languages and devices, each of them light and dark. */
const LOOKS: readonly (readonly [Device, Required<Pick<VisitorWish, 'language'>>])[] = [
  ['phone', { language: 'zh-CN' }],
  ['desktop', { language: 'en' }],
];

/** HTML, CSS and JS of one page, as transferred. */
const MOST_BYTES = 40_000;

/** Every state of these pages: no axe violation, nothing sideways, light to load, and nothing said in the console. */
export function lookAt({ apps, states }: PageStates): void {
  const street = useStreet(apps);
  const all = states(street, new Orders(street));
  describe.each(all)('$name', (state) => {
    const looks = LOOKS.filter(([device]) => state.devices?.includes(device) ?? true);
    it.each(looks)('is fit for everybody on a %s, light and dark', async (device, look) => {
      const visitor = await street().visitor({
        ...look,
        viewport: device,
        kind: state.kinds?.[device] ?? kindOf(device),
      });
      const { page } = visitor;
      const loaded = await bytesOf(visitor, () => state.reach(visitor));
      expect(loaded).toBeLessThan(MOST_BYTES);
      expect(await sideways(page)).toEqual([]);
      expect(await violations(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      expect(await violations(page, ['color-contrast']), 'in the dark').toEqual([]);
      for (const viewport of [VIEWPORTS.narrow, VIEWPORTS.zoomed]) {
        await page.setViewportSize(viewport);
        expect(await sideways(page), `at ${viewport.width} px`).toEqual([]);
      }
    });
  });
}

export const kindOf = (device: Device) => (device === 'phone' ? 'phone' : 'desktop');

/** What each violation is and where; in the dark only colours are others. */
async function violations(page: Page, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (rules === undefined ? axe : axe.withRules(rules)).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}

/** What sticks out to the right, when the page can be scrolled there. */
function sideways(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const out = [...document.body.querySelectorAll('*')].filter((it) => it.getBoundingClientRect().right > clientWidth + 0.5);
    return out.map((it) => it.tagName + '#' + it.id + '.' + it.getAttribute('class')).concat('page ' + scrollWidth + ' > ' + clientWidth);
  })()`);
}

/** What the last page that `reach` led to cost, its head included: bytes on the wire. */
async function bytesOf({ context, page }: Visitor, reach: () => Promise<void>): Promise<number> {
  const session = await context.newCDPSession(page);
  let bytes = 0;
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  session.on('Network.requestWillBeSent', ({ type }) => {
    if (type === 'Document') bytes = 0;
  });
  session.on('Network.loadingFinished', ({ encodedDataLength }) => void (bytes += encodedDataLength));
  await reach();
  await page.waitForLoadState('load');
  return bytes;
}
