import type { Page } from 'playwright-core';
import QRCode from 'qrcode';
import { expect } from 'vitest';

/** The code that the page draws says exactly this: its dark modules are those of a code of `content`. */
export async function expectCode(page: Page, content: string): Promise<void> {
  const code = page.locator('.qr svg');
  await code.waitFor();
  const drawn = await code.locator('path[stroke]').getAttribute('d');
  const svg = await QRCode.toString(content, { type: 'svg', margin: 4, errorCorrectionLevel: 'M' });
  expect(svg).toContain(`d="${drawn}"`);
}
