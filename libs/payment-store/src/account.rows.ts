import type { Account } from '@hutong/payment-core';
import type { Prisma } from './generated/client.js';
import { seal, unseal } from './sealed-secrets.js';

type Settings = Account['settings'];

/** What makes an account version's row this row and no other; bound into its seal. */
export function rowIdentity(accountId: string, version: number): string {
  return `account:${accountId}:${version}`;
}

/** The settings as two columns: what may be read in the clear, and the secret fields, sealed for this row. */
export function sealedColumns(masterKey: Buffer, row: string, settings: Settings, secretFields: readonly string[]) {
  const part = (isSecret: boolean): Settings =>
    Object.fromEntries(Object.entries(settings).filter(([name]) => secretFields.includes(name) === isSecret));
  return {
    settings: part(false) as Prisma.InputJsonObject,
    sealed: Uint8Array.from(seal(masterKey, row, part(true))),
  };
}

type AccountRow = Prisma.AccountGetPayload<object>;
type VersionRow = Prisma.AccountVersionGetPayload<object>;

/** @throws SealBroken */
export function accountOf(masterKey: Buffer, { id, app, provider, ref }: AccountRow, row: VersionRow): Account {
  const secrets = unseal(masterKey, rowIdentity(id, row.version), row.sealed) as Settings;
  const settings = { ...(row.settings as Settings), ...secrets };
  return { id, app, provider, ref, version: row.version, settings, createdAt: row.createdAt };
}
