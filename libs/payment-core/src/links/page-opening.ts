import type { CoreContext } from '../core-context.js';
import { notFound } from '../problem.js';
import { DEFAULT_LINK_POLICY } from './default-link-policy.js';
import { entryOf, type Arrival, type Visit } from './entry-of.js';
import { judgeLink, type LinkVerdict } from './judge-link.js';
import { kindOf, type LinkKind, type LinkPage } from './link-policy.js';

/** How a page opens to this visit, with all that it was judged by but the policy. */
export type PageOpening = LinkVerdict & Arrival & { readonly kind: LinkKind };

/**
 * How one of an app's shared pages opens to a visit, now: by the links of the options in force, or the default where they
 * say nothing of links.
 * @throws PaymentProblem not_found
 */
export async function openingOf(
  core: Pick<CoreContext, 'stores' | 'clock'>,
  app: string,
  page: LinkPage,
  visit: Visit,
): Promise<PageOpening> {
  const options = await core.stores.config.findOptions(app);
  if (options === undefined) throw notFound('app');
  const policy = options.links ?? DEFAULT_LINK_POLICY;
  const arrival = entryOf(visit);
  const kind = kindOf(policy, page);
  return { ...arrival, kind, ...judgeLink(policy, { ...arrival, kind, now: core.clock.now() }) };
}
