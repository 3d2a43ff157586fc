import { InvalidEnvironment, type Settings } from './settings.js';

/** Distinct bytes that 32 random ones have, but for one chance in many billions. */
const FEWEST_DISTINCT_BYTES = 16;

/**
 * What of these settings must not be in production, each in a sentence that says what to do; none in development.
 * What the reader of the environment refuses by itself (a missing master key, the sandbox's clock) is not repeated here.
 */
export function unfitForProduction(
  settings: Pick<Settings, 'production' | 'publicUrl' | 'verifiesCertificates'>,
  masterKey: Uint8Array,
): readonly string[] {
  if (!settings.production) return [];
  const reasons: string[] = [];
  if (!settings.publicUrl.startsWith('https://'))
    reasons.push(
      `HUTONG_PUBLIC_URL is ${settings.publicUrl}: payers and wallets come over https in production; name the https address in front of this gateway.`,
    );
  if (isWeak(masterKey))
    reasons.push(
      'HUTONG_MASTER_KEY is no random key: make one with `openssl rand -base64 32` before anything is sealed.',
    );
  if (!settings.verifiesCertificates)
    reasons.push(
      'NODE_TLS_REJECT_UNAUTHORIZED=0 lets anybody pass for a wallet: take it out, and name the authority that you trust in NODE_EXTRA_CA_CERTS.',
    );
  return reasons;
}

/** One value repeated, a typed text: a key out of a random generator has hardly any byte twice. */
function isWeak(key: Uint8Array): boolean {
  return new Set(key).size < FEWEST_DISTINCT_BYTES;
}

/** @throws InvalidEnvironment that lists every reason */
export function refuseUnfit(reasons: readonly string[]): void {
  if (reasons.length === 0) return;
  throw new InvalidEnvironment(
    ['Hutong does not start with NODE_ENV=production like this:', ...reasons.map((it) => `- ${it}`)].join('\n'),
  );
}
