import { newId, type Account } from '@hutong/payment-core';
import { accountOf, rowIdentity, sealedColumns } from './account.rows.js';
import type { PrismaClient } from './generated/client.js';
import { addingNextVersion } from './next-version.js';
import { atomically, type Tx } from './transaction.js';

export type NewAccountVersion = Pick<Account, 'app' | 'provider' | 'ref' | 'settings'>;

interface Sealing {
  readonly masterKey: Buffer;
  readonly secretFields: readonly string[];
}

export function addAccountVersion(
  client: PrismaClient,
  account: NewAccountVersion,
  sealing: Sealing,
): Promise<Account> {
  return addingNextVersion(() => atomically(client, (tx) => add(tx, account, sealing)));
}

async function add(
  tx: Tx,
  { settings, ...name }: NewAccountVersion,
  { masterKey, secretFields }: Sealing,
): Promise<Account> {
  const account = await tx.account.upsert({
    where: { app_provider_ref: name },
    create: { id: newId('acc'), ...name },
    update: {},
  });
  const newest = await tx.accountVersion.aggregate({ where: { accountId: account.id }, _max: { version: true } });
  const version = (newest._max.version ?? 0) + 1;
  const columns = sealedColumns(masterKey, rowIdentity(account.id, version), settings, secretFields);
  return accountOf(
    masterKey,
    account,
    await tx.accountVersion.create({ data: { accountId: account.id, version, ...columns } }),
  );
}
