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
