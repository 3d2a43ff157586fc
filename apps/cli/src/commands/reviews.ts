import { REVIEW_ACTIONS, type ReviewAction } from '@hutong/payment-core';
import { readSettings } from '@hutong/settings';
import { Option, type Command } from 'commander';
import { AdminApi, query } from '../admin-api.js';
import { CannotRun } from '../configuration.js';
import type { ConnectOptions } from '../connect.js';
import { keysPath, readKeys } from '../keys-file.js';
import { plainTable } from '../plain-table.js';
import { withConnection } from './connection-options.js';

/** A review as the admin API shows it. */
export interface ReviewJson {
  readonly id: string;
  readonly status: string;
  readonly type: string;
  readonly app: string;
  readonly payment_id: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly created_at: string;
  readonly resolution: { readonly action: string; readonly note: string | null; readonly actor: string } | null;
}

export interface ListOptions {
  readonly app?: string;
  readonly status?: string;
  readonly json?: boolean;
}

const PAGE = 500;

/** Asks a running gateway: ending a review may call a provider. */
export function registerReviews(program: Command): void {
  const reviews = program.command('reviews').description('show and end what waits for a person');
  withConnection(reviews.command('list', { isDefault: true }))
    .description('reviews, oldest first')
    .option('--app <app>', 'of this app only')
    .addOption(new Option('--status <status>', 'which').choices(['open', 'resolved', 'all']).default('open'))
    .option('--json', 'one JSON object per line, with everything that is known')
    .action(async (options: ListOptions & ConnectOptions) => console.log(await list(adminApi(options), options)));
  withConnection(reviews.command('resolve <id>'))
    .description('end one: recheck asks its provider, retry sends its refund again, dismiss takes your word for it')
    .addOption(new Option('--action <action>', 'how').choices(REVIEW_ACTIONS).makeOptionMandatory())
    .option('--note <text>', 'what was found or done; kept for ever, and needed to dismiss')
    .action(async (id: string, options: { action: ReviewAction; note?: string } & ConnectOptions) =>
      console.log(await resolve(adminApi(options), id, options)),
    );
}

function adminApi({ url, key }: ConnectOptions): AdminApi {
  const settings = readSettings();
  const at = (url ?? settings.publicUrl).replace(/\/+$/, '');
  const admin = key ?? readKeys(keysPath(settings.dataDir)).admin;
  if (admin === undefined)
    throw new CannotRun(`There is no admin key to ask the gateway at ${at} with: give one with --key.`);
  return new AdminApi(at, admin);
}

type Api = Pick<AdminApi, 'call'>;

/** Page by page, all of them. */
export async function list(api: Api, { app, status, json = false }: ListOptions): Promise<string> {
  const found: ReviewJson[] = [];
  for (let hasMore = true; hasMore;) {
    const wanted = { app, status: status === 'all' ? undefined : status, after: found.at(-1)?.id, limit: PAGE };
    const page = await api.call<{ data: ReviewJson[]; has_more: boolean }>('GET', `/reviews${query(wanted)}`);
    found.push(...page.data);
    hasMore = page.has_more;
  }
  if (json) return found.map((review) => JSON.stringify(review)).join('\n');
  if (found.length === 0) return 'nothing waits for a person';
  return plainTable(['review', 'since', 'app', 'payment', 'what', 'about', 'ended by'], found.map(rowOf));
}

export async function resolve(
  api: Api,
  id: string,
  { action, note }: { readonly action: ReviewAction; readonly note?: string },
): Promise<string> {
  const body = { action, ...(note !== undefined && { note }) };
  const review = await api.call<ReviewJson>('POST', `/reviews/${encodeURIComponent(id)}/resolve`, body);
  return `${review.id} is ${review.status} (${review.resolution?.action ?? 'nobody'})`;
}

function rowOf({ id, created_at: since, app, payment_id: payment, type, data, resolution }: ReviewJson): string[] {
  const about = data['refund_id'] ?? data['attempt_id'] ?? '';
  const ended = resolution === null ? '' : `${resolution.action} ${resolution.actor} ${resolution.note ?? ''}`.trim();
  return [id, since, app, payment ?? '', `${type} ${String(data['code'] ?? '')}`, String(about), ended];
}
