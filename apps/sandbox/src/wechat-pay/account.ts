import { randomBytes } from 'node:crypto';
import type { AccountRecord, AccountWish, WireAccounts } from '../frame/accounts.js';
import { ControlError } from '../frame/control-error.js';
import { certifiedKey } from './certificate.js';
import { digits, nonce32 } from './identifiers.js';
import type { Platform } from './platform.js';

/** A merchant with one bound appid. */
export interface WechatAccount extends AccountRecord {
  readonly mchid: string;
  readonly appid: string;
  readonly app_secret: string;
  readonly serial_no: string;
  readonly private_key: string;
  readonly certificate: string;
  readonly api_v3_key: string;
  /** Which of WeChat Pay's keys signs what this merchant receives. */
  readonly verify_mode: 'certificate';
}

const WISHES = ['name', 'verify_mode'];

export function wechatAccounts(platform: Platform): WireAccounts<WechatAccount> {
  return {
    defaults: [{ name: 'certificate' }],
    create,
    show: (account) => ({
      ...account,
      platform_certificates: [{ serial_no: platform.serial, certificate: platform.certificate }],
      public_key_id: null,
      public_key: null,
    }),
  };
}

async function create(wish: AccountWish): Promise<WechatAccount> {
  refuseUnknown(wish);
  const mchid = `16${digits(8)}`;
  return {
    name: wish.name,
    mchid,
    appid: `wx${randomBytes(8).toString('hex')}`,
    app_secret: randomBytes(16).toString('hex'),
    ...(await certifiedKey(mchid)),
    api_v3_key: nonce32(),
    verify_mode: 'certificate',
  };
}

function refuseUnknown(wish: AccountWish): void {
  const unknown = Object.keys(wish).find((field) => !WISHES.includes(field));
  if (unknown !== undefined)
    throw new ControlError(400, `${unknown} is not known here. There is: ${WISHES.join(', ')}.`);
  const mode = wish['verify_mode'] ?? 'certificate';
  if (mode !== 'certificate') throw new ControlError(400, 'verify_mode must be certificate.');
}
