import type { Calendar } from '../options/calendar.js';
import type { Guardrail } from '../options/guardrail.js';
import type { Option, OptionStatus } from '../options/option-config.js';
import type { AppSeed } from './app-seed.js';
import { inSchemaOrder } from './schema-order.js';
import { seedShape } from './seed-shape.js';

type Document = Readonly<Record<string, unknown>>;

/** Which field comes before which; whose providers and methods it is makes no difference. */
const { schema: SCHEMA } = seedShape({ providers: [], methods: [] }, 'resolved');

/** An app's configuration as its seed file and the admin API write it: what `readAppSeed` reads back as the same. */
export function seedDocument({ app, accounts, providers, options, order }: AppSeed): Document {
  const { id, name, branding, returnOrigins } = app;
  const document = { app: id, name, branding, return_origins: returnOrigins, accounts };
  return { ...inSchemaOrder(document, SCHEMA), ...optionsDocument({ providers, options, order }) };
}

/** The versioned part: rules on providers, options, order. */
export function optionsDocument({
  providers,
  options,
  order,
}: Pick<AppSeed, 'providers' | 'options' | 'order'>): Document {
  const document = {
    options: options.map(optionDocument),
    order: order.map(({ when, putFirst }) => ({ when, put_first: putFirst })),
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

/** Compiles only while no field needs another spelling in the document. */
type SnakeCase<T> = T & {
  readonly [K in keyof T as K extends string ? (Lowercase<K> extends K ? never : K) : never]?: never;
};
