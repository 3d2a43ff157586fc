import {
  LINK_DECISIONS,
  LINK_KINDS,
  LINK_PAGES,
  type LinkEntry,
  type LinkPhase,
  type LinkPolicy,
} from '../links/link-policy.js';
import { checked, described, list, mappingOf, members, moment, oneOf, shape, type Shape } from './shape.js';

const decision = oneOf(LINK_DECISIONS);
const decisionPerKind = members({ shop: decision, other: decision }, {});

/** One word for both kinds of link, or one for each. */
const decisions = shape<LinkPhase[LinkEntry]>({ anyOf: [decision.schema, decisionPerKind.schema] }, (value, at) => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return decisionPerKind(value, at);
  const both = decision(value, at);
  return both && { shop: both, other: both };
});

const phase: Shape<LinkPhase> = members(
  {
    from: described('It holds from this moment until the next phase begins.', moment),
    private: described('Tapped in a chat between two.', decisions),
    group: described('Tapped in a group chat.', decisions),
    timeline: described('Tapped in the timeline.', decisions),
  },
  {},
);

/** In order of time: what holds on a day is read from the top down. */
const phases = checked(list(phase), (all, at) => {
  if (all.length === 0) return at.refuse('must have a phase; leave links out for the default.');
  for (const [index, { from }] of all.entries()) {
    const before = all[index - 1];
    if (before !== undefined && Date.parse(from) <= Date.parse(before.from))
      at.at(index).at('from').refuse('must be later than that of the phase before it.');
  }
  return all;
});

/** How an app's shared pages open inside a chat app: `{ kinds: { code: shop }, phases: [{ from, private, group, timeline }] }`. */
export const linksShape: Shape<LinkPolicy> = members(
  { phases: described('By date; before the first one links do not open.', phases) },
  { kinds: described('Which page is which kind of link.', mappingOf(LINK_PAGES, oneOf(LINK_KINDS))) },
);
