import {
  optionsDocument,
  type AuditEntry,
  type BrokenLink,
  type ChangedOptions,
  type ExportedApp,
  type OptionVersion,
  type ReplayDocument,
} from '@hutong/payment-core';
import { appPath, query, type AdminApi } from './admin-api.js';
import type { OptionsConfiguration, VersionedChange } from './options-configuration.js';

interface List<T> {
  readonly data: readonly T[];
}

/** A version as the admin API shows it. */
interface VersionJson {
  readonly version: number;
  readonly author: string;
  readonly reason: string | null;
  readonly created_at: string;
}

/** An audit entry as the admin API shows it. */
interface EntryJson extends Omit<AuditEntry, 'at' | 'app' | 'reason' | 'previousHash'> {
  readonly at: string;
  readonly app: string | null;
  readonly reason: string | null;
  readonly previous_hash: string;
}

/** Options as a running gateway serves them. */
export function optionsOfGateway(api: AdminApi): OptionsConfiguration {
  return {
    exportApp: (app) => api.call<ExportedApp>('GET', `${appPath(app)}/document`),
    async listVersions(app) {
      const { data } = await api.call<List<VersionJson>>('GET', `${appPath(app)}/options/versions`);
      return data.map(versionOf);
    },
    changeOptions: (app, wanted, change) =>
      api.call<ChangedOptions>(
        'PUT',
        `${appPath(app)}/options${dryRun(change)}`,
        { ...optionsDocument(wanted), ...reasonOf(change) },
        change.expected,
      ),
    rollBack: (app, version, change) =>
      api.call<ChangedOptions>(
        'POST',
        `${appPath(app)}/options/rollback${dryRun(change)}`,
        { version, ...reasonOf(change) },
        change.expected,
      ),
    replay: (app, against, checkouts) =>
      api.call<ReplayDocument>('POST', `${appPath(app)}/options/replay`, {
        against: optionsDocument(against),
        ...checkouts,
      }),
    listAudit: async (wanted) => (await api.call<List<EntryJson>>('GET', `/audit${query(wanted)}`)).data.map(entryOf),
    async verifyAudit() {
      const { entries, broken } = await api.call<{ entries: number; broken: BrokenLink | null }>(
        'GET',
        '/audit/verification',
      );
      return { entries, ...(broken !== null && { broken }) };
    },
  };
}

function dryRun(change: VersionedChange): string {
  return query({ dry_run: change.dryRun === true ? true : undefined });
}

function reasonOf({ reason }: VersionedChange): { readonly reason?: string } {
  return reason === undefined ? {} : { reason };
}

function versionOf({ version, author, reason, created_at }: VersionJson): OptionVersion {
  return { version, author, createdAt: new Date(created_at), ...(reason !== null && { reason }) };
}

function entryOf({ at, app, reason, previous_hash, ...entry }: EntryJson): AuditEntry {
  return {
    ...entry,
    at: new Date(at),
    previousHash: previous_hash,
    ...(app !== null && { app }),
    ...(reason !== null && { reason }),
  };
}
