import type { AccountCheck, Diagnostics } from '@hutong/payment-port';
import { readCertificate } from '@hutong/provider-kit';
import { accountKeys, textOf, type RawSettings } from './account-keys.js';
import { diagnoseAnswer, diagnoseNotification } from './diagnose-received.js';
import { diagnoseRequest } from './diagnose-request.js';

const A_MONTH_MS = 30 * 86_400_000;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** What goes wrong on the classic wire; which pages say so stands in the README. */
export const alipayDiagnostics: Diagnostics = {
  diagnose(message, settings) {
    if (message.kind === 'request') return diagnoseRequest(message, settings);
    return message.kind === 'answer' ? diagnoseAnswer(message, settings) : diagnoseNotification(message, settings);
  },
  examine: (settings, { notifyUrl, now }) => [
    keysCheck(settings),
    ...certificateChecks(settings, now),
    notifyCheck(settings, notifyUrl),
  ],
};

function keysCheck(settings: RawSettings): AccountCheck {
  const [first] = accountKeys(settings).findings;
  if (first === undefined)
    return { name: 'keys', ok: true, says: "the app's key and Alipay's are readable, and differ" };
  return { name: 'keys', ok: false, says: first.says, try: first.try };
}

function certificateChecks(settings: RawSettings, now: Date): AccountCheck[] {
  return (['app_cert', 'alipay_cert'] as const).flatMap((name): AccountCheck[] => {
    const ends = endOf(textOf(settings[name]));
    if (ends === undefined) return [];
    const says = `valid until ${ends.toISOString().slice(0, 10)}`;
    if (ends.getTime() > now.getTime() + A_MONTH_MS) return [{ name, ok: true, says }];
    return [
      { name, ok: false, says, try: 'Download the renewed certificate from the console, and add it as a new version.' },
    ];
  });
}

function endOf(certificate: string): Date | undefined {
  try {
    return certificate === '' ? undefined : new Date(readCertificate(certificate).validTo);
  } catch {
    return undefined;
  }
}

/** The real Alipay needs an address on the internet; a sandbox on this machine reaches this machine. */
function notifyCheck(settings: RawSettings, notifyUrl: string): AccountCheck {
  const name = 'notify_url';
  const gateway = textOf(settings['gateway_url']);
  const isSandbox = URL.canParse(gateway) && LOOPBACK.test(new URL(gateway).hostname);
  if (isSandbox || !LOOPBACK.test(new URL(notifyUrl).hostname)) return { name, ok: true, says: notifyUrl };
  const says = `Alipay can't deliver to ${notifyUrl}`;
  return { name, ok: false, says, try: 'Set HUTONG_PUBLIC_URL to the public address of this gateway.' };
}
