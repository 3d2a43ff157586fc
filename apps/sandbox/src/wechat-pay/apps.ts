import type { AccountShelf } from '../frame/accounts.js';
import type { WechatAccount } from './account.js';

/** An official account or mini-program: what an openid belongs to. */
export interface WechatApp {
  readonly appid: string;
  readonly app_secret: string;
  /** The merchant that it is bound to, itself or through its partner. */
  readonly account: WechatAccount;
}

/** The app of a merchant, or of a partner's sub merchant. */
export function appNamed(appid: string, accounts: AccountShelf<WechatAccount>): WechatApp | undefined {
  return allApps(accounts).find((app) => app.appid === appid);
}

/** Every merchant's, every sub merchant's. */
export const allApps = (accounts: AccountShelf<WechatAccount>): readonly WechatApp[] => accounts.all().flatMap(appsOf);

function appsOf(account: WechatAccount): readonly WechatApp[] {
  const subs = account.sub_merchants ?? [];
  return [
    { appid: account.appid, app_secret: account.app_secret, account },
    ...subs.map(({ sub_appid: appid, app_secret }) => ({ appid, app_secret, account })),
  ];
}
