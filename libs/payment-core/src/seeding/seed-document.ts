import type { Calendar } from '../options/calendar.js';
import type { Guardrail } from '../options/guardrail.js';
import { LINK_ENTRIES, type LinkEntry, type LinkPhase, type LinkPolicy } from '../links/link-policy.js';
import type { Option, OptionStatus } from '../options/option-config.js';
import type { AppSeed } from './app-seed.js';
import { inSchemaOrder } from './schema-order.js';
import { seedShape } from './seed-shape.js';

type Document = Readonly<Record<string, unknown>>;

/** Which field comes before which; whose providers and methods it is makes no difference. */
const { schema: SCHEMA } = seedShape({ providers: [], methods: [] }, 'resolved');

/** An app's configuration as its seed file and the admin API write it: what `readAppSeed` reads back as the same. */
export function seedDocument({ app, accounts, ...versioned }: AppSeed): Document {
  const { id, name, branding, returnOrigins } = app;
  const document = { app: id, name, branding, return_origins: returnOrigins, accounts };
  return { ...inSchemaOrder(document, SCHEMA), ...optionsDocument(versioned) };
}

/** The versioned part: rules on providers, options, order, and links where the app has a policy of its own. */
export function optionsDocument({
  providers,
  options,
  order,
  links,
}: Pick<AppSeed, 'providers' | 'options' | 'order' | 'links'>): Document {
  const document = {
    options: options.map(optionDocument),
    order: order.map(({ when, putFirst }) => ({ when, put_first: putFirst })),
    ...(links && { links: linksDocument(links) }),
  };
  return { providers, ...inSchemaOrder(document, SCHEMA) };
}

/** The fields with a spelling of their own; the rest has the same one everywhere. */
function optionDocument({ minClient, calendar, ...option }: Option): Document {
  return {
    ...statusDocument(option),
    ...(minClient && { min_client: minClient }),
    ...(calendar && { calendar: calendarDocument(calendar) }),
  };
}

function statusDocument(option: Omit<Option, 'minClient' | 'calendar'> & OptionStatus): Document {
  if (option.status !== 'staged') return option satisfies SnakeCase<typeof option>;
  const { guardrail, ...rest } = option;
  return {
    ...(rest satisfies SnakeCase<typeof rest>),
    ...(guardrail && { guardrail: guardrailDocument(guardrail) }),
  };
}

function guardrailDocument({ failedPercent, minAttempts }: Guardrail): Document {
  return { failed_percent: failedPercent, min_attempts: minAttempts };
}

function calendarDocument({ timeZone, ...windows }: Calendar): Document {
  return { time_zone: timeZone, ...windows };
}

function linksDocument({ kinds, phases }: LinkPolicy): Document {
  return { ...(kinds && { kinds }), phases: phases.map(phaseDocument) };
}

function phaseDocument({ from, ...phase }: LinkPhase): Document {
  const entries = LINK_ENTRIES.map((entry) => [entry, decisionDocument(phase[entry])] as const);
  return { from, ...Object.fromEntries(entries) };
}

/** One word where both kinds of link share it. */
function decisionDocument({ shop, other }: LinkPhase[LinkEntry]): string | Document {
  return shop === other ? shop : { shop, other };
}

/** Compiles only while no field needs another spelling in the document. */
type SnakeCase<T> = T & {
  readonly [K in keyof T as K extends string ? (Lowercase<K> extends K ? never : K) : never]?: never;
};
