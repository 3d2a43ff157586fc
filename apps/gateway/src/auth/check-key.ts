import { hashKey, keyAudience, mayActAs, type ApiKey, type ConfigStore, type KeyRole } from '@hutong/payment-core';
import { Refusal } from '../http/refusal.js';
import type { Access } from './access.js';

/** The key of an `Authorization` header, valid and of that role or one that covers it. @throws Refusal 401, 403 */
export async function checkKey(
  config: Pick<ConfigStore, 'findKeyByHash'>,
  authorization: string | undefined,
  access: Exclude<Access, 'public'>,
  role: KeyRole,
): Promise<ApiKey> {
  const token = /^Bearer (\S{1,100})$/i.exec(authorization ?? '')?.[1];
  const audience = token === undefined ? undefined : keyAudience(token);
  if (audience !== undefined && audience !== access) throw wrongAudience(access);
  const key = audience === undefined ? undefined : await config.findKeyByHash(hashKey(token!));
  if (key === undefined || key.revokedAt !== undefined || (key.app === null) !== (access === 'admin'))
    throw noValidKey(access);
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
