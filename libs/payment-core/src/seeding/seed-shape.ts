import { SCENES } from '@hutong/payment-port';
import type { LinkPolicy } from '../links/link-policy.js';
import type { OrderRule, ProviderRule } from '../options/option-config.js';
import type { Installation } from '../provider-directory.js';
import type { AppSeed } from './app-seed.js';
import { linksShape } from './link-shape.js';
import type { SeedOptions } from './plan-seed.js';
import type { Spot } from './spot.js';
import { amountRange, localText, methodShape, optionShape, payerIds, segment } from './option-shape.js';
import { checked, described, list, mapping, mappingOf, members, oneOf, shape, text, type Shape } from './shape.js';

/** An account as a seed file names it: `ref: sandbox` is looked up at the sandbox, any other brings its settings. */
export interface SeedFileAccount {
  readonly provider: string;
  readonly ref: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** One app as its file says it, checked, its sandbox accounts not looked up yet. */
export interface SeedFile extends Omit<AppSeed, 'accounts'> {
  readonly accounts: readonly SeedFileAccount[];
}

/** The account that every app has at the sandbox, created by name. */
export const SANDBOX_REF = 'sandbox';

const appId = text(/^[a-z][a-z0-9_]{1,31}$/, 'an id of 2 to 32 small letters, digits and _');
const accountRef = text(/^[a-z][a-z0-9_-]{0,31}$/, 'a name of 1 to 32 small letters, digits, - and _');
const color = text(/^#[0-9a-fA-F]{6}$/, 'a colour such as "#ff5000"');
const mark = checked(text(/\S/, 'one character'), (value, at) =>
  [...new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(value)].length === 1
    ? value
    : at.refuse('must be one character.'),
);
const origin = text(
  /^https?:\/\/[a-zA-Z0-9.-]+(:(\d{1,5}|\*))?$/,
  'an origin such as "https://shop.example", or "http://127.0.0.1:*" in development',
);

/** `excluded`, or the whole rule. */
const wholeRule = members({ status: oneOf(['excluded', 'pending_review']) }, { testers: payerIds });
const providerRule = shape<ProviderRule>({ anyOf: [{ const: 'excluded' }, wholeRule.schema] }, (value, at) => {
  if (typeof value === 'string') return oneOf(['excluded'])(value, at) && { status: 'excluded' };
  const rule = wholeRule(value, at);
  if (rule === undefined) return undefined;
  if (rule.status === 'pending_review') return { status: 'pending_review', testers: rule.testers ?? [] };
  if (rule.testers !== undefined) return at.at('testers').refuse('does not go with status excluded.');
  return { status: 'excluded' };
});

/**
 * `named`: as files do, `ref: sandbox` without settings and any other with them. `resolved`: as the admin API does, every
 * account with its settings.
 */
export type AccountForm = 'named' | 'resolved';

function accountShape(providers: readonly string[], form: AccountForm): Shape<SeedFileAccount> {
  return checked(members({ provider: oneOf(providers), ref: accountRef }, { settings: mapping }), (account, at) => {
    const bringsOwn = form === 'named' && account.ref === SANDBOX_REF;
    if (bringsOwn && account.settings !== undefined)
      return at.at('settings').refuse('does not go with ref: sandbox, which brings its own.');
    if (!bringsOwn && account.settings === undefined)
      return at.at('settings').refuse(form === 'named' ? 'is missing; only ref: sandbox goes without.' : 'is missing.');
    return account;
  });
}

function orderShape(methods: readonly string[]): Shape<OrderRule> {
  const when = members({}, { scene: oneOf(SCENES), amount: amountRange, segment });
  const putFirst = list(methodShape(methods), (method) => method);
  return checked(members({ when, put_first: putFirst }, {}), (rule) => ({ when: rule.when, putFirst: rule.put_first }));
}

/** Ids of all methods of an application: its providers' own and those over several of them. */
export function installedMethods({ providers, methods }: Installation): readonly string[] {
  return [...providers.flatMap((it) => it.methods), ...methods].map(({ id }) => id);
}

/** The fields of the versioned part: options, in their order, the rules above them, and the links of the pages. */
function optionsFields({ providers, methods }: Installation) {
  const ids = providers.map(({ id }) => id);
  const installed = installedMethods({ providers, methods });
  return {
    required: {
      options: described(
        'The order here is the order the payer sees.',
        list(optionShape(installed), ({ method }) => method),
      ),
    },
    optional: {
      providers: described(
        'Rules on a provider hold for every method that could reach it.',
        mappingOf(ids, providerRule),
      ),
      order: described('The first rule that applies moves its methods to the front.', list(orderShape(installed))),
      links: described('How shared pages open inside a chat app, by date; the default when left out.', linksShape),
    },
  };
}

interface ReadOptions {
  readonly options: SeedOptions['options'];
  readonly providers?: SeedOptions['providers'];
  readonly order?: SeedOptions['order'];
  readonly links?: LinkPolicy;
}

function wholeOptions({ options, providers = {}, order = [], links }: ReadOptions, at: Spot): SeedOptions {
  for (const [index, rule] of order.entries()) {
    const missing = rule.putFirst.find((method) => !options.some((option) => option.method === method));
    if (missing !== undefined)
      at.at('order').at(index).at('put_first').refuse(`names ${missing}, which is not among the options.`);
  }
  return { providers, options, order, ...(links && { links }) };
}

/** The versioned part of an app's document alone, for an application of these providers and methods. */
export function optionsShape(installation: Installation): Shape<SeedOptions> {
  const { required, optional } = optionsFields(installation);
  return checked(members(required, optional), wholeOptions);
}

/** The whole document of one app, for an application of these providers and methods. */
export function seedShape(installation: Installation, form: AccountForm): Shape<SeedFile> {
  const { required, optional } = optionsFields(installation);
  const providers = installation.providers.map(({ id }) => id);
  const file = members(
    {
      app: appId,
      name: localText,
      branding: members({ color, mark }, {}),
      return_origins: described(
        'Where a payer may be sent back to.',
        list(origin, (it) => it),
      ),
      accounts: list(accountShape(providers, form), ({ provider, ref }) => `${provider}/${ref}`),
      ...required,
    },
    optional,
  );
  return checked(file, ({ app, name, branding, return_origins, accounts, ...options }, at) => {
    const config = { id: app, name, branding, returnOrigins: return_origins };
    return { app: config, accounts, ...wholeOptions(options, at) };
  });
}
