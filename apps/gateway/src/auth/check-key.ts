import {
  hashKey,
  keyAudience,
  mayActAs,
  type ApiKey,
  type ConfigStore,
  type KeyRole,
  type RecentConfig,
} from '@hutong/payment-core';
import { Refusal } from '../http/refusal.js';
import type { Access } from './access.js';

type KeyAudience = Exclude<Access, 'public'>;

/** The key of an `Authorization` header, valid and of that role or one that covers it. @throws Refusal 401, 403 */
export async function checkKey(
  config: Pick<ConfigStore, 'findKeyByHash'>,
  authorization: string | undefined,
  access: KeyAudience,
  role: KeyRole,
): Promise<ApiKey> {
  const key = await config.findKeyByHash(hashOfKey(authorization, access));
  if (key === undefined) throw noValidKey(access);
  return admitted(key, access, role);
}

/** The same when the key is in memory, else undefined: it has to be asked for. */
export function checkKnownKey(
  recent: Pick<RecentConfig, 'keyByHash'>,
  authorization: string | undefined,
  access: KeyAudience,
  role: KeyRole,
): ApiKey | undefined {
  const key = recent.keyByHash(hashOfKey(authorization, access));
  return key && admitted(key, access, role);
}

function hashOfKey(authorization: string | undefined, access: KeyAudience): string {
  const token = /^Bearer (\S{1,100})$/i.exec(authorization ?? '')?.[1];
  const audience = token === undefined ? undefined : keyAudience(token);
  if (audience === undefined) throw noValidKey(access);
  if (audience !== access) throw wrongAudience(access);
  return hashKey(token!);
}

function admitted(key: ApiKey, access: KeyAudience, role: KeyRole): ApiKey {
  if (key.revokedAt !== undefined || (key.app === null) !== (access === 'admin')) throw noValidKey(access);
  if (!mayActAs(key.role, role)) {
    throw new Refusal(403, 'forbidden', `This call takes a key of role ${role}; yours is of role ${key.role}.`);
  }
  return key;
}

function wrongAudience(access: 'app' | 'admin'): Refusal {
  const wanted = access === 'app' ? 'an app key (hk_…)' : 'an admin key (ha_…)';
  return new Refusal(403, 'forbidden', `This route takes ${wanted}.`);
}

function noValidKey(access: 'app' | 'admin'): Refusal {
  const wanted = access === 'app' ? 'hk_…' : 'ha_…';
  return new Refusal(401, 'unauthorized', `Send Authorization: Bearer ${wanted} with a key that is valid here.`);
}
