import type { CoreContext } from '../core-context.js';
import { brokenLink, FIRST_LINK, type BrokenLink } from './audit-entry.js';

const PAGE = 500;

/** Follows the whole chain, a page at a time; `broken` is the first link that does not hold. */
export async function verifyAudit(
  core: Pick<CoreContext, 'stores'>,
): Promise<{ readonly entries: number; readonly broken?: BrokenLink }> {
  let last = { sequence: 0, hash: FIRST_LINK };
  for (;;) {
    const page = await core.stores.audit.listEntries({ after: last.sequence, limit: PAGE });
    const broken = brokenLink(page, last);
    if (broken !== undefined) return { entries: last.sequence, broken };
    last = page.at(-1) ?? last;
    if (page.length < PAGE) return { entries: last.sequence };
  }
}
