import type { Product } from './product.js';
import type { Scene } from './scene.js';

/** Where the payer stands, as far as the merchant's call tells; nothing here is required, and nothing is proof. */
export interface Environment {
  /** Of the payer's browser, or of the web view. */
  readonly userAgent?: string;
  /** Address of the page that shows the options. */
  readonly pageUrl?: string;
  /** That page's `Referrer-Policy`. */
  readonly referrerPolicy?: string;
  /** The id that the merchant's client itself runs under at the wallet: its mobile app's, its mini-program's. */
  readonly clientAppId?: string;
}

/** A try in prospect, in an environment. */
export interface Prospect extends Environment {
  readonly scene: Scene;
  readonly product: Product;
}
