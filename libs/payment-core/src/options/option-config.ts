import type { LocalText, Scene } from '@hutong/payment-port';
import type { LinkPolicy } from '../links/link-policy.js';
import type { Calendar } from './calendar.js';
import type { Guardrail } from './guardrail.js';

/** A merchant app as the config knows it. */
export interface AppConfig {
  readonly id: string;
  readonly name: LocalText;
  readonly branding: { readonly color: string; readonly mark: string };
  /** Where a payer may be sent back to; `http://127.0.0.1:*` allows any port, in development seeds. */
  readonly returnOrigins: readonly string[];
}

export const OPTION_STATUSES = ['live', 'staged', 'pending_review', 'off'] as const;

export type OptionStatus =
  | { readonly status: 'live' }
  | { readonly status: 'off' }
  | { readonly status: 'pending_review'; readonly testers: readonly string[] }
  | {
      readonly status: 'staged';
      /** Dated steps, in order of time; before the first one the percentage is 0. */
      readonly steps: readonly { readonly at: string; readonly percent: number }[];
      readonly allow: readonly string[];
      /** Holds the percentage where it is when too many attempts fail. */
      readonly guardrail?: Guardrail;
    };

/** One option in the app's own order. */
export type Option = OptionStatus & {
  readonly method: string;
  /** Absent: every scene that the method can serve. */
  readonly scenes?: readonly Scene[];
  /** Minor units, inclusive. */
  readonly amount?: { readonly min?: number; readonly max?: number };
  readonly currencies?: readonly string[];
  /** Groups of payers, as the merchant names them with its calls. */
  readonly segments?: { readonly only?: readonly string[]; readonly except?: readonly string[] };
  /** The least client version per scene; scenes that are not named take any. */
  readonly minClient?: Readonly<Partial<Record<Scene, string>>>;
  readonly calendar?: Calendar;
  readonly title?: LocalText;
  readonly help?: LocalText;
  readonly badge?: LocalText;
  readonly preselect?: boolean;
  readonly fold?: boolean;
  /** Keeps its place in the list whatever an order rule moves. */
  readonly pinned?: boolean;
};

/** A rule above the options: it holds for every method that could reach the provider. */
export type ProviderRule =
  { readonly status: 'excluded' } | { readonly status: 'pending_review'; readonly testers: readonly string[] };

/** When it applies, these methods move to the front in this order; the rest keep theirs. */
export interface OrderRule {
  readonly when: {
    readonly scene?: Scene;
    /** Minor units, inclusive. */
    readonly amount?: { readonly min?: number; readonly max?: number };
    readonly segment?: string;
  };
  readonly putFirst: readonly string[];
}

/** One immutable version of an app's options. */
export interface OptionConfig {
  readonly app: string;
  readonly version: number;
  readonly providers: Readonly<Record<string, ProviderRule>>;
  /** The order here is the order the payer sees. */
  readonly options: readonly Option[];
  readonly order: readonly OrderRule[];
  /** How shared pages open inside a chat app; absent: as in `DEFAULT_LINK_POLICY`. */
  readonly links?: LinkPolicy;
  readonly createdAt: Date;
}
