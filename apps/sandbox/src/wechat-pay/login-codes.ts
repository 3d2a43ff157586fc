import type { SandboxClock } from '../frame/sandbox-clock.js';
import { ExpiringMap } from './expiring-map.js';
import { letters32 } from './identifiers.js';
import { snsError } from './sns-error.js';

const FIVE_MINUTES_MS = 300_000;
const THIRTY_DAYS_MS = 30 * 86_400_000;

/** Where a code came from, and so which call takes it: a web page's authorization, a mini-program's wx.login. */
export type LoginKind = 'web' | 'mini_program';

/** Who logged in where. */
export interface Login {
  readonly kind: LoginKind;
  readonly appid: string;
  readonly openid: string;
  /** snsapi_base, snsapi_userinfo; of no use to a mini-program. */
  readonly scope: string;
}

interface Issued {
  readonly login: Login;
  used: boolean;
}

/** As a snapshot keeps them. */
interface LoginsState {
  readonly codes: ReturnType<ExpiringMap<Issued>['entries']>;
  readonly refreshTokens: ReturnType<ExpiringMap<Login>['entries']>;
}

/** Codes that are exchanged for an openid, once, within five minutes; and the refresh tokens that come of it (protocol §10.1). */
export class LoginCodes {
  private readonly codes: ExpiringMap<Issued>;
  private readonly refreshTokens: ExpiringMap<Login>;

  constructor(clock: SandboxClock) {
    this.codes = new ExpiringMap(clock, FIVE_MINUTES_MS);
    this.refreshTokens = new ExpiringMap(clock, THIRTY_DAYS_MS);
  }

  issue(login: Login): string {
    const code = `0${letters32().slice(1)}`;
    this.codes.put(code, { login, used: false });
    return code;
  }

  /** @throws SnsError for a code that is unknown, late, another app's or used */
  take(code: string, appid: string, kind: LoginKind): Login {
    const issued = this.codes.get(code);
    if (issued === undefined || issued.login.appid !== appid || issued.login.kind !== kind) throw snsError(40029);
    if (issued.used) throw snsError(40163);
    issued.used = true;
    return issued.login;
  }

  state(): LoginsState {
    return { codes: this.codes.entries(), refreshTokens: this.refreshTokens.entries() };
  }

  restore({ codes, refreshTokens }: LoginsState): void {
    this.codes.restore(codes);
    this.refreshTokens.restore(refreshTokens);
  }

  refreshToken(login: Login): string {
    const token = `${letters32()}${letters32()}`;
    this.refreshTokens.put(token, login);
    return token;
  }

  /** @throws SnsError */
  refreshed(token: string, appid: string): Login {
    const login = this.refreshTokens.get(token);
    if (login?.appid !== appid) throw snsError(40030);
    return login;
  }
}
