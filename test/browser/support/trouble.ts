import type { BrowserContext, Page } from 'playwright-core';

/** What a browser says of every failed load; the answers themselves are judged one by one below. */
const TOLD_BY_ANSWERS = /^Failed to load resource: the server responded with/;
/** A load that was given up because the page left. */
const GIVEN_UP = 'net::ERR_ABORTED';

/**
 * Keeps what must not happen on any page, in all tabs of this browser: an error in the console (what the CSP refused stands there
 * too), an exception, a request to a third party, a request that failed, an answer of 400 and more to anything but the page itself.
 */
export function watchFor(context: BrowserContext, origins: readonly string[]) {
  const troubles: string[] = [];
  const allowed: RegExp[] = [];
  const trouble = (what: string, page?: Page | null): void => {
    if (!allowed.some((pattern) => pattern.test(what))) troubles.push(page ? `${what} (on ${page.url()})` : what);
  };
  context.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !TOLD_BY_ANSWERS.test(text)) trouble(`console: ${text}`, message.page());
  });
  context.on('weberror', (error) => trouble(`exception: ${error.error().message}`, error.page()));
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== 'data:' && !origins.includes(origin)) trouble(`third party: ${request.url()}`);
  });
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText;
    if (reason !== GIVEN_UP) trouble(`no answer: ${request.url()}: ${reason}`);
  });
  context.on('response', (response) => {
    const page = response.request().resourceType() === 'document';
    if (response.status() >= 400 && !page) trouble(`${response.status()}: ${response.url()}`);
  });
  return { troubles, allow: (pattern: RegExp): void => void allowed.push(pattern) };
}
