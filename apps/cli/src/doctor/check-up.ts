import type { AccountReport } from '@hutong/payment-core';
import type { Examination } from './examination.js';

/** One line of the check-up. `ok: null`: neither right nor wrong, but good to know. */
export interface CheckedThing {
  readonly what: string;
  readonly ok: boolean | null;
  readonly says: string;
  readonly try?: string;
}

export interface Surroundings {
  readonly gatewayUrl: string;
  readonly sandboxUrl: string;
  /** Opens the accounts once the surroundings are known. */
  readonly open: () => Promise<Examination>;
  /** Only this app; default: every one. */
  readonly app?: string;
}

const MOST_SKEW_S = 30;
const A_WHILE_MS = 5_000;

/** Looks at everything that a payment needs: gateway, sandbox, clocks, and each app's accounts. */
export async function checkUp(surroundings: Surroundings): Promise<readonly CheckedThing[]> {
  const [gateway, sandbox] = await Promise.all([
    serviceChecks('gateway', surroundings.gatewayUrl, {
      what: 'gateway',
      ok: false,
      says: `nobody answers at ${surroundings.gatewayUrl}`,
      try: 'Start it with `npm start`, or say where it is with --url.',
    }),
    serviceChecks('sandbox', surroundings.sandboxUrl, {
      what: 'sandbox',
      ok: null,
      says: `nobody answers at ${surroundings.sandboxUrl}; only accounts of the sandbox need it`,
    }),
  ]);
  return [...gateway, ...sandbox, ...(await accountChecks(surroundings))];
}

async function serviceChecks(what: string, url: string, absent: CheckedThing): Promise<readonly CheckedThing[]> {
  try {
    const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(A_WHILE_MS) });
    await answer.arrayBuffer();
    return [readiness(what, url, answer.status), ...clockCheck(what, answer.headers.get('date'))];
  } catch {
    return [absent];
  }
}

function readiness(what: string, url: string, status: number): CheckedThing {
  if (status === 200) return { what, ok: true, says: `ready at ${url}` };
  return { what, ok: false, says: `answers ${status} at ${url}`, try: 'Look into its log: its database may be away.' };
}

/** Signatures carry times: five minutes is where wallets refuse, half a minute is where somebody should look. */
function clockCheck(what: string, date: string | null): readonly CheckedThing[] {
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs)) return [];
  const off = Math.round((Date.now() - theirs) / 1_000);
  const name = `${what}'s clock`;
  if (Math.abs(off) <= MOST_SKEW_S) return [{ what: name, ok: true, says: `within ${MOST_SKEW_S} s of this machine` }];
  const says = `${Math.abs(off)} s ${off > 0 ? 'behind' : 'ahead of'} this machine`;
  return [{ what: name, ok: false, says, try: 'Set both clocks by NTP: wallets refuse signatures five minutes off.' }];
}

async function accountChecks({ open, app }: Surroundings): Promise<readonly CheckedThing[]> {
  try {
    const examination = await open();
    try {
      const apps = app === undefined ? await examination.listApps() : [app];
      if (apps.length === 0) return [noApps(examination.where)];
      const checks: CheckedThing[] = [];
      for (const id of apps) checks.push(...appChecks(id, await examination.checkAccounts(id)));
      return checks;
    } finally {
      await examination.close();
    }
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    return [{ what: 'accounts', ok: false, says, try: 'Mend this first; the accounts were not looked at.' }];
  }
}

const noApps = (where: string): CheckedThing => ({
  what: 'apps',
  ok: false,
  says: `there is none in ${where}`,
  try: 'Seed them: `npx hutong seed`.',
});

function appChecks(app: string, reports: readonly AccountReport[]): readonly CheckedThing[] {
  if (reports.length === 0) {
    return [{ what: app, ok: false, says: 'has no account', try: 'Give it one in its seed file, and seed it again.' }];
  }
  return reports.flatMap(({ provider, ref, version, checks }): readonly CheckedThing[] => {
    const what = `${app} ${provider}/${ref} v${version}`;
    const wrong = checks.filter(({ ok }) => !ok);
    if (wrong.length === 0) return [{ what, ok: true, says: checks.map(({ name }) => name).join(', ') }];
    return wrong.map((check) => ({
      what,
      ok: false,
      says: `${check.name}: ${check.says}`,
      ...(check.try ? { try: check.try } : {}),
    }));
  });
}
