/** Our shared pages: the cashier, the request to a friend, the one code for every wallet. */
export const LINK_PAGES = ['cashier', 'friend', 'code'] as const;
export type LinkPage = (typeof LINK_PAGES)[number];

/** What a chat app takes a link for. */
export const LINK_KINDS = ['shop', 'other'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** Where in the chat app the link was tapped. */
export const LINK_ENTRIES = ['private', 'group', 'timeline'] as const;
export type LinkEntry = (typeof LINK_ENTRIES)[number];

/**
 * `open`: the page itself. `confirm`: a word about safety first, then the page. `copy_address`: the address to be copied
 * into a browser, and nothing else. `user_choice`: both ways, side by side.
 */
export const LINK_DECISIONS = ['open', 'confirm', 'copy_address', 'user_choice'] as const;
export type LinkDecision = (typeof LINK_DECISIONS)[number];

/** What holds from one moment until the next phase begins. */
export interface LinkPhase extends Readonly<Record<LinkEntry, Readonly<Record<LinkKind, LinkDecision>>>> {
  /** RFC 3339 with its offset; the moment itself belongs to the phase. */
  readonly from: string;
}

/** How an app's shared pages open inside a chat app, by date. */
export interface LinkPolicy {
  /** Which page is which kind of link, where it is not as in `DEFAULT_KINDS`. */
  readonly kinds?: Readonly<Partial<Record<LinkPage, LinkKind>>>;
  /** At least one, no two from the same moment. Before the first one links do not open. */
  readonly phases: readonly LinkPhase[];
}

/** The cashier shows the order of a shop; requests to friends were seen opening before shop links did. */
export const DEFAULT_KINDS: Readonly<Record<LinkPage, LinkKind>> = { cashier: 'shop', friend: 'other', code: 'other' };

export function kindOf(policy: LinkPolicy, page: LinkPage): LinkKind {
  return policy.kinds?.[page] ?? DEFAULT_KINDS[page];
}
