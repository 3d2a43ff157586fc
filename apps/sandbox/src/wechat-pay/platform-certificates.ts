import { X509Certificate } from 'node:crypto';
import type { SandboxClock } from '../frame/sandbox-clock.js';
import type { Vault } from '../frame/vault.js';
import { type CertifiedKey, certifiedKey } from './certificate.js';

const A_DAY_MS = 86_400_000;
const AN_HOUR_MS = 3_600_000;

/** How long a replaced certificate is listed beside its successor, on the sandbox's clock. Production's overlap is longer. */
export const OVERLAP_MS = A_DAY_MS;

/** As the vault keeps it. */
interface Kept {
  readonly newest: CertifiedKey;
  readonly replaced?: CertifiedKey & { readonly listed_until: string };
}

/** WeChat Pay's certificates towards each merchant: another one for each, as in production. Made when first needed. */
export class PlatformCertificates {
  private readonly merchants = new Map<string, Promise<Kept>>();

  constructor(
    private readonly vault: Vault,
    private readonly clock: SandboxClock,
  ) {}

  /** The one that became effective last: it signs, and what clients encrypt is for it (protocol §2.4). */
  async newest(mchid: string): Promise<CertifiedKey> {
    return (await this.of(mchid)).newest;
  }

  /** Newest first; two while one replaces the other. */
  async listed(mchid: string): Promise<readonly CertifiedKey[]> {
    const { newest, replaced } = await this.of(mchid);
    const overlaps = replaced !== undefined && this.clock.now().getTime() < Date.parse(replaced.listed_until);
    return overlaps ? [newest, replaced] : [newest];
  }

  /** A successor, which signs from now on. Of three at once the oldest is gone before its time. */
  rotate(mchid: string): Promise<void> {
    const before = this.of(mchid);
    const rotated = before.then((kept) => this.succeeded(mchid, kept));
    // A successor that could not be kept leaves everything as it was.
    this.merchants.set(
      mchid,
      rotated.catch(() => before),
    );
    return rotated.then(() => undefined);
  }

  private async succeeded(mchid: string, { newest }: Kept): Promise<Kept> {
    const until = new Date(this.clock.now().getTime() + OVERLAP_MS);
    const kept = {
      newest: await certifiedKey(COMMON_NAME, after(newest)),
      replaced: { ...newest, listed_until: until.toISOString() },
    };
    this.vault.write(fileOf(mchid), kept);
    return kept;
  }

  private of(mchid: string): Promise<Kept> {
    const known = this.merchants.get(mchid) ?? this.vault.keep(fileOf(mchid), first);
    this.merchants.set(mchid, known);
    return known;
  }
}

const COMMON_NAME = 'Tenpay.com sign (sandbox)';

const first = async (): Promise<Kept> => ({ newest: await certifiedKey(COMMON_NAME) });

/** X.509 counts in seconds; a successor must be effective later, or clients could not tell which one is the newest. */
function after({ certificate }: CertifiedKey): Date {
  const predecessor = Date.parse(new X509Certificate(certificate).validFrom);
  return new Date(Math.max(Date.now() - AN_HOUR_MS, predecessor + 1_000));
}

const fileOf = (mchid: string): string => `wechat-pay-platform-${mchid}`;
