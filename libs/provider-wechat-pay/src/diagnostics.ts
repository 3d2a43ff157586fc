import { X509Certificate } from 'node:crypto';
import type { AccountCheck, Diagnostics } from '@hutong/payment-port';
import { accountKeys, textOf, type RawSettings } from './account-keys.js';
import { diagnoseReceived } from './diagnose-received.js';
import { diagnoseRequest } from './diagnose-request.js';

const A_MONTH_MS = 30 * 86_400_000;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** What goes wrong on this wire; which pages say so stands in the README. */
export const wechatDiagnostics: Diagnostics = {
  diagnose: (message, settings, now) =>
    message.kind === 'request' ? diagnoseRequest(message, settings, now) : diagnoseReceived(message, settings, now),
  examine: (settings, { notifyUrl, now }) => [
    keysCheck(settings),
    apiV3KeyCheck(settings),
    ...certificateChecks(settings, now),
    notifyCheck(settings, notifyUrl),
  ],
};

function keysCheck(settings: RawSettings): AccountCheck {
  const { findings } = accountKeys(settings);
  const [first] = findings;
  if (first === undefined)
    return { name: 'keys', ok: true, says: 'the private key and the platform keys are readable' };
  return { name: 'keys', ok: false, says: first.says, try: first.try };
}

function apiV3KeyCheck(settings: RawSettings): AccountCheck {
  const bytes = Buffer.byteLength(textOf(settings['api_v3_key']));
  const name = 'api_v3_key';
  if (bytes === 32) return { name, ok: true, says: '32 bytes' };
  return {
    name,
    ok: false,
    says: `${bytes} bytes in place of 32`,
    try: 'Set the APIv3 key that the merchant console has.',
  };
}

function certificateChecks(settings: RawSettings, now: Date): AccountCheck[] {
  const listed = settings['platform_certificates'];
  return (Array.isArray(listed) ? listed : []).flatMap((entry: unknown): AccountCheck[] => {
    const { serial_no, certificate } = Object(entry) as RawSettings;
    const name = `platform certificate ${textOf(serial_no).slice(0, 8)}…`;
    const ends = endOf(textOf(certificate));
    if (ends === undefined) return [];
    const until = `valid until ${ends.toISOString().slice(0, 10)}`;
    if (ends.getTime() > now.getTime() + A_MONTH_MS) return [{ name, ok: true, says: until }];
    return [
      { name, ok: false, says: until, try: 'Add the newer one of GET /v3/certificates, or change to the public key.' },
    ];
  });
}

function endOf(certificate: string): Date | undefined {
  try {
    return new Date(new X509Certificate(certificate).validTo);
  } catch {
    return undefined;
  }
}

/** A real WeChat Pay wants public https without a query; a sandbox on this machine reaches this machine. */
function notifyCheck(settings: RawSettings, notifyUrl: string): AccountCheck {
  const name = 'notify_url';
  const { protocol, hostname, search } = new URL(notifyUrl);
  const base = textOf(settings['base_url']);
  if (URL.canParse(base) && LOOPBACK.test(new URL(base).hostname)) return { name, ok: true, says: notifyUrl };
  if (protocol === 'https:' && !LOOPBACK.test(hostname) && search === '') return { name, ok: true, says: notifyUrl };
  const says = `WeChat Pay can't deliver to ${notifyUrl}`;
  return { name, ok: false, says, try: 'Set HUTONG_PUBLIC_URL to the public https address of this gateway.' };
}
