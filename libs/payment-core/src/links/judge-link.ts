import type { Arrival } from './entry-of.js';
import type { LinkDecision, LinkKind, LinkPhase, LinkPolicy } from './link-policy.js';

/** Everything beside the policy that the answer depends on. */
export interface LinkFacts extends Arrival {
  readonly now: Date;
  readonly kind: LinkKind;
}

/** How a page opens, and what decided it. */
export type LinkVerdict =
  | { readonly decision: 'open'; readonly because: 'outside_chat_apps' | 'direct_entry' }
  | { readonly decision: 'copy_address'; readonly because: 'before_first_phase' }
  | { readonly decision: LinkDecision; readonly because: 'phase'; readonly phase: LinkPhase };

/**
 * Decides how a link opens. Pure, with exactly one decision for every input, and whatever the order of the phases. The
 * policy is about links that are tapped in a chat app: whoever comes another way sees the page.
 */
export function judgeLink(policy: LinkPolicy, { now, chatApp, entry, kind }: LinkFacts): LinkVerdict {
  if (chatApp === undefined) return { decision: 'open', because: 'outside_chat_apps' };
  if (entry === 'direct') return { decision: 'open', because: 'direct_entry' };
  const phase = phaseAt(policy, now);
  if (phase === undefined) return { decision: 'copy_address', because: 'before_first_phase' };
  return { decision: phase[entry][kind], because: 'phase', phase };
}

/** The phase that began last. */
function phaseAt({ phases }: LinkPolicy, now: Date): LinkPhase | undefined {
  const begun = phases.filter(({ from }) => Date.parse(from) <= now.getTime());
  return begun.reduce<LinkPhase | undefined>(
    (latest, phase) => (latest === undefined || Date.parse(phase.from) > Date.parse(latest.from) ? phase : latest),
    undefined,
  );
}
