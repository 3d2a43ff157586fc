import type { Locator, Page } from 'playwright-core';
import type { Street } from './street.js';
import type { Visitor } from './visitor.js';

/** The buttons of the phone's sheet that refuse. */
export type Refusal = 'password_first' | 'insufficient_funds' | 'declined' | 'cancelled';

/** The sandbox's phone in another tab of this browser, as somebody would lay it beside the cashier. */
export async function takePhone(street: Street, { context }: Visitor): Promise<Phone> {
  const page = await context.newPage();
  await page.goto(street.sandboxUrl);
  return new Phone(page);
}

/** A wallet in somebody's hand. */
export class Phone {
  constructor(readonly page: Page) {}

  /** Scans a code: pastes what stands in it. */
  async scan(content: string): Promise<void> {
    await this.page.goto(new URL('/', this.page.url()).href);
    await this.page.fill('#content', content);
    await this.page.locator('form[action="/phone/scan"] button').click();
    await this.page.locator('#confirm').waitFor();
  }

  /** Confirms the sheet that is open with six digits on the pad. */
  async pay(): Promise<void> {
    await this.tryToPay();
    await this.page.locator('.outcome').waitFor();
  }

  /** The same, whatever comes of it. */
  async tryToPay(): Promise<void> {
    for (const digit of '135790') await this.page.locator(`[data-key="${digit}"]`).click();
    await this.page.locator('#confirm').click();
    await this.page.locator('.outcome, [role="alert"]').first().waitFor();
  }

  async refuse(refusal: Refusal): Promise<void> {
    await this.page.locator(`button[name="result"][value="${refusal}"]`).click();
    await this.page.locator('.outcome').waitFor();
  }

  /** From here on it is this person's. */
  async belongsTo(name: string): Promise<void> {
    await this.page.goto(new URL('/phone/me', this.page.url()).href);
    const row = this.page.locator(`button[name="payer"][value="${name}"]`);
    if ((await row.count()) > 0) return this.#send(row);
    await this.page.fill('input[name="name"]', name);
    await this.#send(this.page.locator('form[action="/phone/people"] button'));
  }

  /** Until the next page is there: a tab that is closed while it is on its way to one sometimes never closes. */
  async #send(button: Locator): Promise<void> {
    await Promise.all([this.page.waitForEvent('load'), button.click()]);
  }
}
