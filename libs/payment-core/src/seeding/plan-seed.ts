import { contentHash } from '../content-hash.js';
import type { AppConfig, OptionConfig } from '../options/option-config.js';
import type { Account } from '../stores/config.store.js';
import type { AppSeed } from './app-seed.js';
import { differences, shown } from './differences.js';
import { optionsDocument } from './seed-document.js';

/** One write that brings the store to what the seed says. Never carries a value of an account's settings. */
export interface SeedChange {
  readonly kind: 'app' | 'account' | 'options';
  readonly action: 'create' | 'update' | 'retire';
  /** What it is about, for people: `account alipay/sandbox of taote`. */
  readonly what: string;
  /** One line per difference. */
  readonly details: readonly string[];
}

/** What the store holds of one app; `accounts` are the newest versions. */
export interface CurrentApp {
  readonly app: AppConfig | undefined;
  readonly accounts: readonly Account[];
  readonly options: OptionConfig | undefined;
}

type SeedAccount = AppSeed['accounts'][number];
export type SeedOptions = Pick<AppSeed, 'providers' | 'options' | 'order' | 'links'>;

/**
 * What would have to be written, in order of writing; empty when the store says it all already. With `prune` accounts that
 * the seed does not name are retired. Pure.
 */
export function planSeed(current: CurrentApp, seed: AppSeed, prune = false): readonly SeedChange[] {
  return [
    ...planApp(current.app, seed.app),
    ...seed.accounts.flatMap((account) => planAccount(current.accounts, seed.app.id, account)),
    ...planOptions(current.options, seed),
    ...(prune ? accountsToRetire(current, seed).map(retirement) : []),
  ];
}

/** The store's account that a seed's account stands for. */
export function accountOf(accounts: readonly Account[], { provider, ref }: SeedAccount): Account | undefined {
  return accounts.find((account) => account.provider === provider && account.ref === ref);
}

/** Accounts of the store that the seed does not name. */
export function accountsToRetire({ accounts }: CurrentApp, seed: AppSeed): readonly Account[] {
  return accounts.filter(
    ({ provider, ref }) => !seed.accounts.some((it) => it.provider === provider && it.ref === ref),
  );
}

function retirement({ app, provider, ref }: Account): SeedChange {
  const details = ['no new attempts; what was made with it is watched to its end'];
  return { kind: 'account', action: 'retire', what: `account ${provider}/${ref} of ${app}`, details };
}

/** True when no new version is needed: order of fields and members left undefined make no difference. */
export function sameSettings(held: Account | undefined, wanted: SeedAccount): boolean {
  return held !== undefined && contentHash(held.settings) === contentHash(wanted.settings);
}

/** The part of a seed that is versioned as the app's options. */
export function optionsOf({ providers, options, order, links }: SeedOptions): SeedOptions {
  return { providers, options, order, ...(links && { links }) };
}

function planApp(held: AppConfig | undefined, wanted: AppConfig): SeedChange[] {
  const what = `app ${wanted.id}`;
  if (held === undefined) return [{ kind: 'app', action: 'create', what, details: [wanted.name.en] }];
  const details = differences(appDocument(held), appDocument(wanted));
  return details.length === 0 ? [] : [{ kind: 'app', action: 'update', what, details }];
}

function appDocument({ returnOrigins, ...app }: AppConfig): object {
  return { ...app, return_origins: returnOrigins };
}

function planAccount(accounts: readonly Account[], app: string, wanted: SeedAccount): SeedChange[] {
  const held = accountOf(accounts, wanted);
  const what = `account ${wanted.provider}/${wanted.ref} of ${app}`;
  if (held === undefined) return [{ kind: 'account', action: 'create', what, details: ['version 1'] }];
  if (sameSettings(held, wanted)) return [];
  const details = [`version ${held.version + 1}`, ...changedFields(held.settings, wanted.settings)];
  return [{ kind: 'account', action: 'update', what, details }];
}

/** Names only: a setting may be a secret. */
function changedFields(held: SeedAccount['settings'], wanted: SeedAccount['settings']): string[] {
  const names = [...new Set([...Object.keys(held), ...Object.keys(wanted)])].toSorted();
  return names.filter((name) => contentHash(held[name]) !== contentHash(wanted[name])).map((name) => `${name} changes`);
}

function planOptions(held: OptionConfig | undefined, seed: AppSeed): SeedChange[] {
  const what = `options of ${seed.app.id}`;
  const details = differencesOfOptions(held, seed);
  if (held === undefined) return [{ kind: 'options', action: 'create', what, details: ['version 1', ...details] }];
  return details.length === 0
    ? []
    : [{ kind: 'options', action: 'update', what, details: [`version ${held.version + 1}`, ...details] }];
}

/** One line per difference between two versions of an app's options; per option when there was none before. */
export function differencesOfOptions(held: SeedOptions | undefined, wanted: SeedOptions): readonly string[] {
  if (held === undefined) return wanted.options.map(lineOf);
  const [before, after] = [byMethod(held), byMethod(wanted)];
  return [
    ...differences({ [LIST]: methodsOf(held) }, { [LIST]: methodsOf(wanted) }),
    ...[...before].flatMap(([method, option]) =>
      after.has(method) ? [] : [`${method}: removed (was ${option['status']})`],
    ),
    ...[...after].flatMap(([method, option]) => changesOf(method, before.get(method), option)),
    ...differences(rulesOf(held), rulesOf(wanted)),
    ...changesOfLinks(held, wanted),
  ];
}

/** The list's order is a line of its own: a move is told apart from an edit. */
const LIST = 'order of options';

type OptionDocument = Readonly<Record<string, unknown>>;

function lineOf({ method, status }: AppSeed['options'][number]): string {
  return `${method} ${status}`;
}

function changesOf(method: string, held: OptionDocument | undefined, wanted: OptionDocument): readonly string[] {
  if (held !== undefined) return differences(held, wanted, method);
  const { status, ...rest } = wanted;
  const more = Object.keys(rest).length === 0 ? '' : ` ${shown(rest)}`;
  return [`${method}: added, ${status}${more}`];
}

function methodsOf({ options }: SeedOptions): readonly string[] {
  return options.map(({ method }) => method);
}

/** In the words of a seed file, which is where the reader will look. */
function byMethod(config: SeedOptions): ReadonlyMap<string, OptionDocument> {
  const { options } = optionsDocument(config) as { options: readonly (OptionDocument & { method: string })[] };
  return new Map(options.map(({ method, ...rest }) => [method, rest]));
}

function rulesOf(config: SeedOptions): OptionDocument {
  const { providers, order } = optionsDocument(config);
  return { providers, order };
}

/** Links that come or go are told phase by phase, like those that change. */
function changesOfLinks(held: SeedOptions, wanted: SeedOptions): readonly string[] {
  const [before, after] = [linksOf(held), linksOf(wanted)];
  return [
    ...differences({ links: before ? 'its own' : 'the default' }, { links: after ? 'its own' : 'the default' }),
    ...differences(before ?? {}, after ?? {}, 'links'),
  ];
}

function linksOf(config: SeedOptions): OptionDocument | undefined {
  return optionsDocument(config)['links'] as OptionDocument | undefined;
}
