import type { LinkDecision, LinkKind, LinkPolicy } from './link-policy.js';

const both = (decision: LinkDecision): Readonly<Record<LinkKind, LinkDecision>> => ({
  shop: decision,
  other: decision,
});

/**
 * How links opened to the rival's chat app in autumn 2021, on the clocks of Shanghai. Told: the days, the entries and
 * shop links in groups. Ours: 20:00 for "in the evening", other links in groups following shop links, and the timeline, of
 * which nothing is told, staying closed. Nobody told the day from which users choose for themselves: an app that wants
 * it dates it.
 */
export const DEFAULT_LINK_POLICY: LinkPolicy = {
  phases: [
    {
      from: '2021-09-17T00:00:00+08:00',
      private: { shop: 'copy_address', other: 'confirm' },
      group: both('copy_address'),
      timeline: both('copy_address'),
    },
    {
      from: '2021-11-29T20:00:00+08:00',
      private: both('open'),
      group: both('copy_address'),
      timeline: both('copy_address'),
    },
    {
      from: '2021-11-30T00:00:00+08:00',
      private: both('open'),
      group: both('open'),
      timeline: both('copy_address'),
    },
  ],
};
