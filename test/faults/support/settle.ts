import { pause, type Cell } from './cell.ts';
import type { BookedTrade } from './invariants.ts';

const ROUNDS = 8;
const STEPS_ON_THE_WAY = 4;
const QUIET_WITHIN_MS = 45_000;

/** How a cell came to rest. */
export interface Rest {
  /** Steps of time that it took: 1 is the next step of every plan. */
  readonly rounds: number;
  /** Attempts that the next step of their plan did not bring to what their wallet says. */
  readonly late: readonly string[];
}

interface Waiting {
  readonly kind: string;
  readonly id: string;
  readonly at: Date | null;
  /** When nothing more can come of it. */
  readonly until: Date | null;
}

/** Everything that is not at its end, with the time when it is looked at next. */
const WAITING = `
  SELECT 'attempt' AS kind, id, next_check_at AS at, expires_at + interval '11 seconds' AS until FROM attempts
    WHERE status IN ('starting', 'awaiting_payer', 'unknown', 'superseded') AND next_check_at IS NOT NULL
  UNION ALL SELECT 'refund', id, next_check_at, NULL FROM refunds WHERE status IN ('processing', 'unknown')
  UNION ALL SELECT 'payment', id, next_check_at, expires_at FROM payments WHERE status = 'open'
  UNION ALL SELECT 'delivery', id, next_attempt_at, NULL FROM webhook_deliveries WHERE status = 'pending'
  UNION ALL SELECT 'event', id, NULL, NULL FROM events WHERE relayed_at IS NULL`;

/**
 * The end of every scenario: the faults stop, whoever died is back, and time goes on by what the rows themselves say is next,
 * until nothing is on its way.
 */
export async function settle(cell: Cell): Promise<Rest> {
  cell.faults([]);
  await cell.disarm();
  await quiet(cell);
  await cell.passLeases();
  const late = await nextStep(cell);
  for (let rounds = 1; ; rounds++) {
    const waiting = await cell.rows<Waiting>(WAITING);
    if (waiting.length === 0 || rounds === ROUNDS) return { rounds, late };
    await advanceTo(cell, Math.max(latest(waiting), last(waiting)));
    await workedOff(cell);
  }
}

/** Time goes on from one step of the plans to the next, until something has happened or there is none left. */
export async function nextSteps(cell: Cell, happened: () => boolean): Promise<void> {
  for (let steps = 0; steps < STEPS_ON_THE_WAY && !happened(); steps++) {
    const moving = (await cell.rows<Waiting>(WAITING)).filter(isMoving);
    if (moving.length === 0) return;
    await advanceTo(cell, latest(moving));
    await workedOff(cell);
  }
}

/** Faults are over: the next question of each plan has to find out what the wallet knows. */
async function nextStep(cell: Cell): Promise<readonly string[]> {
  const waiting = await cell.rows<Waiting>(WAITING);
  const moving = waiting.filter(isMoving);
  if (moving.length === 0) return [];
  await advanceTo(cell, latest(moving));
  await workedOff(cell);
  const until = Date.now() + 10_000;
  for (;;) {
    const late = await unsettled(cell);
    if (late.length === 0 || Date.now() > until) return late;
    await pause(200);
  }
}

/** What the wallet has at its end and we do not. */
async function unsettled(cell: Cell): Promise<readonly string[]> {
  const moving = await cell.rows<{ reference: string }>(
    `SELECT reference FROM attempts WHERE status IN ('starting', 'awaiting_payer', 'unknown', 'superseded')
       AND provider IS NOT NULL AND next_check_at IS NOT NULL`,
  );
  if (moving.length === 0) return [];
  const { body } = await cell.control('GET', '/trades');
  const ended = new Set(
    (body.data as BookedTrade[]).filter((it) => it.paid_at !== null || it.state === 'closed').map((it) => it.reference),
  );
  return moving.map(({ reference }) => reference).filter((reference) => ended.has(reference));
}

function isMoving({ kind }: Waiting): boolean {
  return kind === 'attempt' || kind === 'refund';
}

function latest(waiting: readonly Waiting[]): number {
  return Math.max(0, ...waiting.map(({ at }) => at?.getTime() ?? 0)) + 1_000;
}

/** The whole ladder of questions in one step: what nobody has paid is watched to its expiry. */
function last(waiting: readonly Waiting[]): number {
  return Math.max(0, ...waiting.map(({ until }) => until?.getTime() ?? 0));
}

export async function advanceTo(cell: Cell, moment: number): Promise<void> {
  const ms = moment - cell.now().getTime();
  if (ms > 0) await cell.advance(ms);
  await quiet(cell);
}

/** Nothing is between the wallets and us. */
async function quiet(cell: Cell): Promise<void> {
  await Promise.race([cell.sandbox.settled(), pause(15_000)]);
}

/** Waits until the workers have taken everything whose time has come. */
export async function workedOff(cell: Cell): Promise<void> {
  const until = Date.now() + QUIET_WITHIN_MS;
  for (;;) {
    await cell.revived();
    const now = cell.now().getTime();
    const due = (await cell.rows<Waiting>(WAITING)).filter(
      ({ at, kind }) => (at?.getTime() ?? 0) <= now || kind === 'event',
    );
    if (due.length === 0 || Date.now() > until) return;
    await pause(100);
  }
}
