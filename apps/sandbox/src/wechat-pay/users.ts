import { createHash } from 'node:crypto';
import { openidOf } from './identifiers.js';

const SOMEBODY = 'payer-1';

/** WeChat's users: one person has an openid under each appid, and one unionid per open-platform account (protocol §10.1). */
export class Users {
  private readonly names = new Map<string, string>();

  /** A literal openid as it is, a name as the openid that it always has under the appid; nobody named: `payer-1`. */
  openid(appid: string, user: string = SOMEBODY): string {
    if (isOpenid(user)) return user;
    const openid = openidOf(appid, user);
    this.names.set(openid, user);
    return openid;
  }

  /** The same person's openid under another appid. */
  elsewhere(openid: string, appid: string): string {
    return openidOf(appid, this.names.get(openid) ?? openid);
  }

  /** Everybody who came by name. */
  named(): readonly (readonly [openid: string, name: string])[] {
    return [...this.names];
  }

  restore(named: readonly (readonly [openid: string, name: string])[]): void {
    for (const [openid, name] of named) this.names.set(openid, name);
  }

  /** `platform` names the open-platform account; one per merchant here. */
  unionid(platform: string, openid: string): string {
    const digest = createHash('sha256').update(`${platform}\n${this.names.get(openid) ?? openid}`);
    return `oU${digest.digest('base64url').slice(0, 26)}`;
  }
}

const isOpenid = (text: string): boolean => /^o[\w-]{27}$/.test(text);
