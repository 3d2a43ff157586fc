import type { LinkEntry } from './link-policy.js';

export type ChatApp = 'wechat';

/** How somebody came to a page. `direct`: scanned, typed or pasted, or in a way that nobody told. */
export interface Arrival {
  /** The chat app whose browser it is; undefined in any other browser. */
  readonly chatApp: ChatApp | undefined;
  readonly entry: LinkEntry | 'direct';
}

/** What a request for a page tells about that. */
export interface Visit {
  readonly userAgent?: string | undefined;
  /** The query parameter `from`, once or as often as it stands in the address. */
  readonly from?: string | readonly string[] | undefined;
}

/** WeChat's own words in the parameter `from`, which it adds to an address that is tapped. */
const ENTRIES: ReadonlyMap<string, LinkEntry> = new Map([
  ['singlemessage', 'private'],
  ['groupmessage', 'group'],
  ['timeline', 'timeline'],
]);

/**
 * Tells the chat app by its user agent and the entry by what it adds to the address. A link that was passed on may carry
 * the word of each time; the last one known is the newest. Both are the client's to say: good enough to show the right
 * page, no protection.
 */
export function entryOf({ userAgent = '', from = [] }: Visit): Arrival {
  const words = typeof from === 'string' ? [from] : from;
  const newest = words.findLast((word) => ENTRIES.has(word));
  return {
    chatApp: /MicroMessenger\//i.test(userAgent) ? 'wechat' : undefined,
    entry: (newest !== undefined && ENTRIES.get(newest)) || 'direct',
  };
}
