import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Device, PageStates } from '../states/state.js';
import { kindOf } from './look.js';
import { Orders } from './orders.js';
import { useStreet } from './street.js';

const FOLDER = resolve(import.meta.dirname, '../../../screenshots');
const DEVICES: readonly Device[] = ['phone', 'desktop'];

/** Each state on each device, in both languages and themes: `screenshots/<page>-<state>-<device>-<lang>-<theme>.png`. */
export function takePictures({ apps, states }: PageStates): void {
  const street = useStreet(apps);
  mkdirSync(FOLDER, { recursive: true });
  describe.each([...states(street, new Orders(street))])('$name', ({ name, kinds, devices = DEVICES, reach }) => {
    it.each(devices)('on a %s', async (device) => {
      for (const language of ['zh-CN', 'en'] as const) {
        const kind = kinds?.[device] ?? kindOf(device);
        const visitor = await street().visitor({ kind, viewport: device, language });
        await reach(visitor);
        for (const theme of ['light', 'dark'] as const) {
          await visitor.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
          const path = join(FOLDER, `${name}-${device}-${language === 'en' ? 'en' : 'zh'}-${theme}.png`);
          const picture = await visitor.page.screenshot({ path, fullPage: true, animations: 'disabled' });
          expect(picture.length).toBeGreaterThan(1_000);
        }
      }
    });
  });
}
