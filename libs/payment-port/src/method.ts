import type { Product } from './product.js';
import type { Scene } from './scene.js';

/** What sort of option the payer sees. */
export const METHOD_KINDS = ['wallet', 'scan', 'code', 'friend', 'balance'] as const;

export type MethodKind = (typeof METHOD_KINDS)[number];

/** A text per language; zh-CN and en are always there. */
export interface LocalText {
  readonly 'zh-CN': string;
  readonly en: string;
}

/** An option that a payer can choose, as the provider offers it; an app's own config decides whether and where it stands. */
export interface Method {
  /** Unique over all providers: `wechat_scan`. */
  readonly id: string;
  readonly kind: MethodKind;
  readonly title: LocalText;
  readonly help?: LocalText;
  /** Which product serves which scene; a scene not named here cannot be served. */
  readonly scenes: Readonly<Partial<Record<Scene, Product>>>;
}

/** What tells the wallet behind an option that several wallets can serve. */
export interface WalletClue {
  /** Where the one who pays stands. */
  readonly scene: Scene;
  /** The code that the payer shows: as good as money for its minute. Never kept, logged or repeated. */
  readonly authCode?: string;
}

/**
 * A page through which somebody pays who did not choose the option: `friend_request` goes to another person as a link,
 * `scan_code` is scanned by whichever wallet comes.
 */
export type Handover = 'friend_request' | 'scan_code';

/** Where the payer may be shown this option. */
export function offeredScenes({ scenes, offeredIn }: Pick<SharedMethod, 'scenes' | 'offeredIn'>): readonly Scene[] {
  return offeredIn ?? (Object.keys(scenes) as Scene[]);
}

/**
 * An option built over the products of providers that it only names: a code that the payer shows at a till, whichever
 * wallet it is of. What an app rules about one of these providers holds for the option as well, twice: when the options
 * are listed, and again when the wallet behind a try becomes known.
 */
export interface SharedMethod extends Method {
  /** Every provider that it can reach; each offers the products in `scenes`. */
  readonly providers: readonly string[];
  /**
   * Where the option may be shown, when whoever chooses it stands elsewhere than whoever pays: a friend, another device.
   * `scenes` then speaks of the latter. Absent: both stand in the same place.
   */
  readonly offeredIn?: readonly Scene[];
  /** What choosing it makes, when the chooser's own device does not pay: a request to a friend, a code to scan. */
  readonly handsOver?: Handover;
  /** The provider behind this try, one of `providers`; undefined when the clue tells none of them. Never throws. */
  providerOf(clue: WalletClue): string | undefined;
}
