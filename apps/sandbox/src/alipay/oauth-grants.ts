import { randomBytes } from 'node:crypto';
import type { SandboxClock } from '../frame/sandbox-clock.js';

/** Who allowed which app what. */
export interface Grant {
  readonly appId: string;
  readonly userId: string;
  readonly scope: string;
}

interface Kept extends Grant {
  readonly endsAt: number;
}

/** Beyond this many the oldest are forgotten: nobody comes back for them. */
const MOST = 10_000;

/** Words that stand for a grant until they are used or end: authorization codes, refresh tokens. */
export class OauthGrants {
  private readonly grants = new Map<string, Kept>();

  constructor(
    private readonly clock: SandboxClock,
    private readonly lifeMs: number,
    private readonly prefix: string,
  ) {}

  issue({ appId, userId, scope }: Grant): string {
    const word = `${this.prefix}${randomBytes(16).toString('hex')}`;
    this.grants.set(word, { appId, userId, scope, endsAt: this.clock.now().getTime() + this.lifeMs });
    const [oldest] = this.grants.keys();
    if (this.grants.size > MOST && oldest !== undefined) this.grants.delete(oldest);
    return word;
  }

  /** Good once, for the app that it was given to; undefined otherwise. */
  redeem(word: string | undefined, appId: string): Grant | undefined {
    const grant = word === undefined ? undefined : this.grants.get(word);
    if (word === undefined || grant === undefined || grant.appId !== appId) return undefined;
    this.grants.delete(word);
    return this.clock.now().getTime() < grant.endsAt ? grant : undefined;
  }
}
