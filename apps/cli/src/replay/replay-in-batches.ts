import { optionsDocument, type ReplayDocument, type SeedOptions } from '@hutong/payment-core';
import { CannotRun, type Configuration } from '../configuration.js';

/** What one call of the admin API takes: its body's bytes, and checkouts. */
const MOST_BYTES = 65_536;
const MOST_CHECKOUTS = 500;

/** Examples that a report shows, however many batches it was made of. */
const EXAMPLES = 10;

/** Replays any number of checkouts, as many at a time as the admin API takes, and adds the reports up. */
export async function replayInBatches(
  configuration: Pick<Configuration, 'replay'>,
  app: string,
  against: SeedOptions,
  checkouts: readonly object[],
): Promise<ReplayDocument> {
  const reports: ReplayDocument[] = [];
  for (const batch of batchesOf(
    checkouts,
    MOST_BYTES - bytesOf({ against: optionsDocument(against), checkouts: [] }),
  )) {
    reports.push(await configuration.replay(app, against, { checkouts: batch }));
  }
  return sumOf(reports);
}

/** @throws CannotRun when one checkout alone is too large beside the options */
export function batchesOf(checkouts: readonly object[], bytes: number): readonly (readonly object[])[] {
  const batches: object[][] = [];
  let room = 0;
  for (const checkout of checkouts) {
    const size = bytesOf(checkout) + 1;
    if (size > bytes) throw new CannotRun(`The options and a checkout together are over ${MOST_BYTES} bytes of JSON.`);
    const last = batches.at(-1);
    const fits = last !== undefined && last.length < MOST_CHECKOUTS && size <= room;
    if (fits) last.push(checkout);
    else batches.push([checkout]);
    room = (fits ? room : bytes) - size;
  }
  return batches;
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

export function sumOf(reports: readonly ReplayDocument[]): ReplayDocument {
  const total = (count: (report: ReplayDocument) => number) => reports.reduce((sum, it) => sum + count(it), 0);
  const totals = (counts: (report: ReplayDocument) => Readonly<Record<string, number>>) => {
    const methods = [...new Set(reports.flatMap((it) => Object.keys(counts(it))))];
    return Object.fromEntries(methods.map((method) => [method, total((it) => counts(it)[method] ?? 0)]));
  };
  return {
    checkouts: total((it) => it.checkouts),
    changed: total((it) => it.changed),
    appear: totals((it) => it.appear),
    vanish: totals((it) => it.vanish),
    move: totals((it) => it.move),
    examples: reports.flatMap((it) => it.examples).slice(0, EXAMPLES),
  };
}
