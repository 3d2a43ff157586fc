import { newId, type Account, type Authorship } from '@hutong/payment-core';
import { accountOf, rowIdentity, sealedColumns } from './account.rows.js';
import { audited } from './audit-log.js';
import type { PrismaClient } from './generated/client.js';
import { addingNextVersion, nextVersion } from './next-version.js';
import type { Tx } from './transaction.js';

export type NewAccountVersion = Pick<Account, 'app' | 'provider' | 'ref' | 'settings'>;

interface Writing {
  readonly masterKey: Buffer;
  readonly secretFields: readonly string[];
  readonly by: Authorship;
  readonly expected: number | undefined;
}

export function addAccountVersion(
  client: PrismaClient,
  account: NewAccountVersion,
  writing: Writing,
): Promise<Account> {
  return addingNextVersion(() =>
    audited(client, async (tx) => {
      const answer = await add(tx, account, writing);
      const { app, provider, ref, version } = answer;
      const subject = `account ${provider}/${ref} version ${version}`;
      // Names only: a value may be a secret.
      const detail = { id: answer.id, version, fields: Object.keys(account.settings).toSorted() };
      return { answer, note: { ...writing.by, action: 'account.changed', app, subject, detail } };
    }),
  );
}

async function add(
  tx: Tx,
  { settings, ...name }: NewAccountVersion,
  { masterKey, secretFields, expected }: Writing,
): Promise<Account> {
  const account = await tx.account.upsert({
    where: { app_provider_ref: name },
    create: { id: newId('acc'), ...name },
    update: { retiredAt: null },
  });
  const newest = await tx.accountVersion.aggregate({ where: { accountId: account.id }, _max: { version: true } });
  const version = nextVersion(newest._max.version, expected);
  const columns = sealedColumns(masterKey, rowIdentity(account.id, version), settings, secretFields);
  return accountOf(
    masterKey,
    account,
    await tx.accountVersion.create({ data: { accountId: account.id, version, ...columns } }),
  );
}
