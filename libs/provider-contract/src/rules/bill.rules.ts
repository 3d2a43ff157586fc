import {
  NotReached,
  OutcomeUnknown,
  ProviderError,
  UntrustedMessage,
  type BillKind,
  type BillLine,
} from '@hutong/payment-port';
import { expect } from 'vitest';
import { Bench, type Subject } from '../bench.js';
import { expectFailure, failureOf } from '../failure.js';
import type { FileBreakage } from '../file-breakage.js';
import type { BillFlaw } from '../harness.js';
import type { Rule } from '../rule.js';
import { secretLines } from '../secrets.js';
import { billOf } from '../specimens.js';

/** How many places of a file are changed, one at a time. */
const PLACES = 24;

function benchWith(subject: Subject, kind: BillKind, flaw?: BillFlaw): Bench {
  const bench = new Bench(subject);
  bench.truth = { is: 'billed', bill: billOf(kind, flaw === undefined ? {} : { flaw }) };
  return bench;
}

async function forEachKind(subject: Subject, check: (kind: BillKind, bench: Bench) => Promise<void>): Promise<void> {
  const kinds = new Bench(subject).provider.bills?.kinds ?? [];
  expect(kinds.length, 'a provider with bills has a kind of them').toBeGreaterThan(0);
  for (const kind of kinds) await check(kind, benchWith(subject, kind));
}

function expectLines(lines: readonly BillLine[], kind: BillKind): void {
  expect(lines).toHaveLength(billOf(kind).lines.length);
  for (const [index, line] of billOf(kind).lines.entries()) expect(lines[index], kind).toMatchObject(line);
}

const read = (bench: Bench, kind: BillKind, fileBreakage: FileBreakage) =>
  Object.assign(bench, { fileBreakage }).readBill(kind);

const flawed = (flaw: BillFlaw) => (subject: Subject) =>
  forEachKind(subject, (kind) =>
    expectFailure(benchWith(subject, kind, flaw).readBill(kind), UntrustedMessage, `${kind}, ${flaw}`),
  );

export const billRules = [
  {
    id: 'bill.lines',
    promise: "tells a day's lines in order, with exact integer fen, at the instants of the provider's own day",
    about: 'bills',
    check: (subject) =>
      forEachKind(subject, async (kind, bench) => {
        const lines = await bench.readBill(kind);
        expectLines(lines, kind);
        for (const { amount } of lines) expect(Number.isSafeInteger(amount.amount)).toBe(true);
      }),
  },
  {
    id: 'bill.absent',
    promise: 'calls a statement that is not ready, or a day without any, a state and no error',
    about: 'bills',
    check: (subject) =>
      forEachKind(subject, async (kind, bench) => {
        bench.truth = { is: 'bill_not_ready' };
        expect(await bench.download(kind)).toEqual({ status: 'not_ready' });
        bench.truth = { is: 'bill_empty' };
        expect(await bench.download(kind)).toEqual({ status: 'empty' });
      }),
  },
  {
    id: 'bill.lazy',
    promise: 'opens no file before it is read, and refuses to read it twice',
    about: 'bills',
    check: (subject) =>
      forEachKind(subject, async (kind, bench) => {
        const bill = await bench.download(kind);
        expect(bench.calls, kind).toHaveLength(1);
        if (bill.status !== 'ready') throw new Error(`The statement is ${bill.status}.`);
        const drain = async () => {
          for await (const line of bill.lines) expect(line.type).toMatch(/\S/);
        };
        await drain();
        const called = bench.calls.length;
        expect(await failureOf(drain()), kind).toBeInstanceOf(Error);
        expect(bench.calls, kind).toHaveLength(called);
      }),
  },
  {
    id: 'bill.altered',
    promise: 'never ends well with a file of which a byte is changed, unless it says the same',
    about: 'bills',
    check: (subject) =>
      forEachKind(subject, async (kind, bench) => {
        await bench.readBill(kind);
        const size = await fileSize(bench);
        const errors: unknown[] = [];
        for (let place = 0; place < PLACES; place += 1) {
          const changedByte = Math.floor((size * place) / PLACES);
          const lines = await read(benchWith(subject, kind), kind, { changedByte }).catch((error: unknown) =>
            errors.push(error),
          );
          if (Array.isArray(lines)) expectLines(lines, kind);
        }
        for (const error of errors) expect(error, kind).toBeInstanceOf(ProviderError);
        expect(errors.filter((error) => error instanceof UntrustedMessage).length, kind).toBeGreaterThan(PLACES / 4);
      }),
  },
  {
    id: 'bill.cut',
    promise: 'says "unknown" of a file that is cut off, and is never silently short',
    about: 'bills',
    check: (subject) =>
      forEachKind(subject, async (kind) => {
        await expectFailure(read(benchWith(subject, kind), kind, 'cut'), OutcomeUnknown, `${kind}, cut`);
        expect(await failureOf(read(benchWith(subject, kind), kind, 'short')), kind).toBeInstanceOf(ProviderError);
      }),
  },
  {
    id: 'bill.lost',
    promise: 'tells a file that was never reached from one that was not answered, and follows no redirect',
    about: 'bills',
    check: (subject) =>
      forEachKind(subject, async (kind) => {
        await expectFailure(read(benchWith(subject, kind), kind, 'refused'), NotReached, `${kind}, refused`);
        for (const breakage of ['reset', 'hang', 'proxy_error', 'redirect'] as const) {
          const bench = benchWith(subject, kind);
          await expectFailure(read(bench, kind, breakage), OutcomeUnknown, `${kind}, ${breakage}`);
          expect(bench.calls, `${kind}, ${breakage}: fetched once`).toHaveLength(2);
        }
      }),
  },
  {
    id: 'bill.capped',
    promise: 'gives up a file that does not end',
    about: 'bills',
    check: (subject) =>
      forEachKind(subject, async (kind, bench) => {
        const error = await failureOf(read(bench, kind, 'endless'));
        expect(error, kind).toBeInstanceOf(ProviderError);
        expect(String((error as Error).cause), kind).not.toContain('to its end');
      }),
  },
  {
    id: 'bill.sums',
    promise: 'takes no statement whose closing figures are not what its lines come to',
    about: 'bills',
    check: async (subject) => {
      await flawed('sums')(subject);
      await flawed('missing_row')(subject);
    },
  },
  {
    id: 'bill.other_day',
    promise: 'takes no genuine statement of another day',
    about: 'bills',
    check: flawed('other_day'),
  },
  {
    id: 'bill.elsewhere',
    promise:
      "fetches nothing from a host that is not the provider's, and tells no secret to the one that keeps its files",
    about: 'bills',
    check: async (subject) => {
      await flawed('elsewhere')(subject);
      await forEachKind(subject, async (kind, bench) => {
        const strange = benchWith(subject, kind, 'elsewhere');
        await failureOf(strange.readBill(kind));
        expect(strange.calls.filter(({ url }) => new URL(url).host === 'elsewhere.example.com')).toEqual([]);
        await bench.readBill(kind);
        const sent = JSON.stringify(bench.calls.map((call) => ({ ...call, headers: [...call.headers] })));
        for (const secret of secretLines(subject, 'first')) expect(sent).not.toContain(secret);
      });
    },
  },
  {
    id: 'bill.a_day',
    promise: 'asks for a day of the calendar only',
    about: 'bills',
    check: (subject) =>
      forEachKind(subject, async (kind, bench) => {
        for (const date of ['', '2026-02-30', '2026-11', '2026-11-22&x=1', '22.11.2026']) {
          expect(await failureOf(bench.download(kind, date)), date).toBeInstanceOf(ProviderError);
        }
        expect(bench.calls).toEqual([]);
      }),
  },
] as const satisfies readonly Rule[];

/** Of the file that the last call was answered with. */
async function fileSize(bench: Bench): Promise<number> {
  const call = bench.calls.at(-1);
  if (call === undefined) throw new Error('No file was fetched.');
  return Buffer.from((await bench.wire.answer(call, bench.truth)).body).length;
}
