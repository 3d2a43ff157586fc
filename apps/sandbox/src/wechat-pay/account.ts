import { randomBytes } from 'node:crypto';
import type { AccountRecord, AccountWish, WireAccounts } from '../frame/accounts.js';
import { ControlError } from '../frame/control-error.js';
import type { SandboxClock } from '../frame/sandbox-clock.js';
import { certifiedKey } from './certificate.js';
import { appIdAtRandom, digits, nonce32 } from './identifiers.js';
import { type KeyMode, switched, VERIFY_MODES, type VerifyMode } from './key-mode.js';
import { isPartner, type Partnership, partnershipOf } from './partnership.js';
import type { Platform } from './platform.js';
import { REGISTRATION_WISHES, type Registrations, registrationsOf } from './registrations.js';

/** A merchant with one bound appid. */
export interface WechatAccount extends AccountRecord, KeyMode, Partnership, Registrations {
  readonly mchid: string;
  readonly appid: string;
  readonly app_secret: string;
  readonly serial_no: string;
  readonly private_key: string;
  readonly certificate: string;
  readonly api_v3_key: string;
  /** Whose name stands in the `download_url` of bills: this sandbox's, or production's, which some SDKs expect. */
  readonly bill_host?: BillHost;
}

const BILL_HOSTS = ['sandbox', 'canonical'] as const;

type BillHost = (typeof BILL_HOSTS)[number];

const WISHES = ['name', 'verify_mode', 'bill_host', 'partner', 'sub_merchants', ...REGISTRATION_WISHES];

export function wechatAccounts(platform: Platform, clock: SandboxClock): WireAccounts<WechatAccount> {
  return {
    defaults: [
      { name: 'certificate' },
      { name: 'switching', verify_mode: 'switching' },
      { name: 'public-key', verify_mode: 'public_key' },
    ],
    create: (wish) => create(wish, clock),
    show: async (account) => ({
      ...BEFORE_THE_CHOICE,
      ...account,
      partner: isPartner(account),
      ...(await platformSide(account, platform)),
    }),
    async rotate({ name, verify_mode: mode, mchid }) {
      if (mode === 'public_key') throw new ControlError(409, `${name} has no platform certificate to replace.`);
      await platform.certificates.rotate(mchid);
    },
    switchKeys: (account, complete) => ({ ...account, ...switched(account, complete, clock.now()) }),
  };
}

/** Of accounts that were kept before there was anything to choose. */
const BEFORE_THE_CHOICE: Required<Registrations> & Pick<WechatAccount, 'bill_host'> = {
  strict: false,
  h5_domains: [],
  jsapi_directories: [],
  oauth_domains: [],
  bill_host: 'sandbox',
};

/** What the merchant's console shows of WeChat Pay's own keys. */
async function platformSide(
  { verify_mode: mode, mchid }: WechatAccount,
  platform: Platform,
): Promise<Readonly<Record<string, unknown>>> {
  const listed = mode === 'public_key' ? [] : await platform.certificates.listed(mchid);
  const key = mode === 'certificate' ? undefined : await platform.publicKeys.of(mchid);
  return {
    platform_certificates: listed.map(({ serial_no, certificate }) => ({ serial_no, certificate })),
    public_key_id: key?.id ?? null,
    public_key: key?.public_key ?? null,
  };
}

async function create(wish: AccountWish, clock: SandboxClock): Promise<WechatAccount> {
  refuseUnknownWishes(wish);
  const mode = modeOf(wish);
  const chosen = { ...partnershipOf(wish), ...registrationsOf(wish), bill_host: billHost(wish) };
  const mchid = `16${digits(8)}`;
  return {
    name: wish.name,
    mchid,
    appid: appIdAtRandom(),
    app_secret: randomBytes(16).toString('hex'),
    ...(await certifiedKey(mchid)),
    api_v3_key: nonce32(),
    verify_mode: mode,
    switched_at: mode === 'switching' ? clock.now().toISOString() : null,
    ...chosen,
  };
}

function refuseUnknownWishes(wish: AccountWish): void {
  const unknown = Object.keys(wish).find((field) => !WISHES.includes(field));
  if (unknown !== undefined)
    throw new ControlError(400, `${unknown} is not known here. There is: ${WISHES.join(', ')}.`);
}

function billHost({ bill_host: host = 'sandbox' }: AccountWish): BillHost {
  const found = BILL_HOSTS.find((known) => known === host);
  if (found === undefined) throw new ControlError(400, `bill_host must be one of ${BILL_HOSTS.join(', ')}.`);
  return found;
}

function modeOf(wish: AccountWish): VerifyMode {
  const mode = VERIFY_MODES.find((known) => known === (wish['verify_mode'] ?? 'certificate'));
  if (mode === undefined) throw new ControlError(400, `verify_mode must be one of ${VERIFY_MODES.join(', ')}.`);
  return mode;
}
