import type { Browser as Chromium, BrowserContext, Page } from 'playwright-core';
import { USER_AGENTS, type BrowserKind } from '../../e2e/support/browser.js';
import { watchFor } from './trouble.js';

export const VIEWPORTS = {
  phone: { width: 360, height: 780 },
  desktop: { width: 1_280, height: 800 },
  /** The narrowest screen that pages must fit. */
  narrow: { width: 320, height: 640 },
  /** What is left of a small laptop at 200 % zoom. */
  zoomed: { width: 640, height: 400 },
} as const;

export type Viewport = keyof typeof VIEWPORTS;

export interface VisitorWish {
  /** Which browser it says it is; default: one on a desktop. */
  readonly kind?: BrowserKind;
  /** Default: what goes with the browser. */
  readonly viewport?: Viewport;
  readonly language?: 'zh-CN' | 'en';
  readonly theme?: 'light' | 'dark';
  readonly javaScript?: boolean;
}

/** Somebody at a browser of their own. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What went wrong so far beside what a test looks at. */
  readonly troubles: readonly string[];
  /** From now on this is no trouble: the test means it to happen. */
  allow(trouble: RegExp): void;
  goto(url: string): Promise<void>;
  /** Waits until this text can be seen. */
  sees(text: string | RegExp): Promise<void>;
  click(selector: string): Promise<void>;
  /** What stands on the page, as it is read. */
  text(): Promise<string>;
  leave(): Promise<void>;
}

/** Opens a browser that tells its troubles; `origins` are those that pages may talk to. */
export async function openVisitor(
  browser: Chromium,
  origins: readonly string[],
  { kind = 'desktop', viewport, language = 'zh-CN', theme = 'light', javaScript = true }: VisitorWish,
): Promise<Visitor> {
  const mobile = kind !== 'desktop';
  const context = await browser.newContext({
    userAgent: USER_AGENTS[kind],
    viewport: VIEWPORTS[viewport ?? (mobile ? 'phone' : 'desktop')],
    isMobile: mobile,
    hasTouch: mobile,
    locale: language,
    colorScheme: theme,
    reducedMotion: 'reduce',
    javaScriptEnabled: javaScript,
    timezoneId: 'Asia/Shanghai',
  });
  context.setDefaultTimeout(30_000);
  const { troubles, allow } = watchFor(context, origins);
  const page = await context.newPage();
  return {
    context,
    page,
    troubles,
    allow,
    goto: async (url) => void (await page.goto(url)),
    sees: (text) => page.getByText(text).filter({ visible: true }).first().waitFor(),
    click: (selector) => page.locator(selector).click(),
    text: async () => (await page.locator('main').innerText()).replace(/\s+/g, ' ').trim(),
    leave: () => context.close(),
  };
}
