import { createHash } from 'node:crypto';
import type { DifferenceKind, ReconciliationReport, Resolution } from '@hutong/payment-core';
import type { LocalText } from '@hutong/payment-port';
import { COPY_SCRIPT, REPORT_STYLE } from './report.style.js';
import { KIND_WORDS, RESOLUTION_WORDS, STATUS_WORDS, WORDS } from './report.words.js';

type Language = keyof LocalText;
type Difference = ReconciliationReport['differences'][number];
type Sums = NonNullable<ReconciliationReport['sums']>;

/** What the page may do: show itself, and run its one script. Nothing is loaded, so it is whole as a file too. */
const POLICY = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${createHash('sha256').update(COPY_SCRIPT).digest('base64')}'`;

/** A day as a page of its own, without anything from elsewhere: to be served, kept or sent. */
export function reconciliationPage(report: ReconciliationReport, language: Language): string {
  return `<!doctype html>${String(<Page report={report} language={language} />)}\n`;
}

interface Shown {
  readonly report: ReconciliationReport;
  readonly language: Language;
}

const Page = ({ report, language }: Shown) => (
  <html lang={language}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta http-equiv="content-security-policy" content={POLICY} />
      <title>{`${WORDS.title[language]} · ${report.app} · ${report.provider} · ${report.date}`}</title>
      <style dangerouslySetInnerHTML={{ __html: REPORT_STYLE }} />
    </head>
    <body>
      <main>
        <Head report={report} language={language} />
        {report.sums === null ? (
          <p class="empty">{WORDS.noFigures[language]}</p>
        ) : (
          <Result report={report} language={language} />
        )}
      </main>
      <p id="copied" role="status" aria-live="polite" data-said={WORDS.copied[language]} />
      <script dangerouslySetInnerHTML={{ __html: COPY_SCRIPT }} />
    </body>
  </html>
);

const Head = ({ report, language }: Shown) => (
  <header>
    <p class="quiet">{`${WORDS.title[language]} · ${report.app} · ${report.provider}`}</p>
    <h1>{report.date}</h1>
    <p>
      <span class={`mark ${report.status === 'ready' ? 'good' : report.status === 'failed' ? 'bad' : 'fair'}`}>
        {STATUS_WORDS[report.status][language]}
      </span>
      {report.accounts.map(({ account_id, code }) => (
        <span class="quiet">
          {' '}
          <Id text={account_id} /> {code}
        </span>
      ))}
    </p>
  </header>
);

const Result = ({ report, language }: Shown) => (
  <>
    <dl class="figures">
      <Figure name={WORDS.matched[language]} value={report.matched} />
      <Figure name={WORDS.found[language]} value={Object.values(report.found).reduce((sum, count) => sum + count, 0)} />
      <Figure name={WORDS.remaining[language]} value={report.remaining} bad={report.remaining !== 0} />
      <Figure name={WORDS.inFlight[language]} value={report.in_flight} />
      <Figure name={WORDS.waiting[language]} value={report.waiting} />
    </dl>
    <h2>{WORDS.sums[language]}</h2>
    <SumTable sums={report.sums!} language={language} />
    <h2>{WORDS.found[language]}</h2>
    {report.differences.length === 0 ? (
      <p class="empty">{WORDS.none[language]}</p>
    ) : (
      <DifferenceTable report={report} language={language} />
    )}
    {report.has_more && <p class="quiet">{WORDS.more[language]}</p>}
  </>
);

const Figure = ({ name, value, bad = false }: { name: string; value: number | null; bad?: boolean }) => (
  <div>
    <dt>{name}</dt>
    <dd class={bad ? 'bad' : ''}>{value ?? '–'}</dd>
  </div>
);

const SumTable = ({ sums, language }: { sums: Sums; language: Language }) => (
  <div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col" />
          {(['payments', 'refunds', 'fees'] as const).map((name) => (
            <th scope="col" class="number">
              {WORDS[name][language]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {(['statement', 'matched', 'differences', 'in_flight'] as const).map((bucket) => (
          <tr>
            <th scope="row">{BUCKET_WORDS[bucket][language]}</th>
            <Lines sum={sums[bucket].payments} language={language} />
            <Lines sum={sums[bucket].refunds} language={language} />
            <td class="number">{yuan(sums[bucket].fees.amount, 'CNY', language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const BUCKET_WORDS = {
  statement: WORDS.statement,
  matched: WORDS.matched,
  differences: WORDS.found,
  in_flight: WORDS.inFlight,
};

const Lines = ({ sum, language }: { sum: { count: number; amount: number }; language: Language }) => (
  <td class="number">
    {yuan(sum.amount, 'CNY', language)}
    <small class="quiet">{`${sum.count} ${WORDS.lines[language]}`}</small>
  </td>
);

const DifferenceTable = ({ report, language }: Shown) => (
  <div class="scroll">
    <table>
      <thead>
        <tr>
          {(['kind', 'done', 'ours', 'theirs', 'numbers'] as const).map((name) => (
            <th scope="col">{WORDS[name][language]}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {report.differences.map((difference) => (
          <Row difference={difference} language={language} />
        ))}
      </tbody>
    </table>
  </div>
);

const Row = ({ difference, language }: { difference: Difference; language: Language }) => {
  const { kind, subject, resolution, current, ours, theirs } = difference;
  const numbers = [
    difference.reference,
    difference.provider_reference,
    difference.refund_reference,
    difference.payment_id,
  ];
  return (
    <tr class={current ? '' : 'gone'}>
      <th scope="row">
        {KIND_WORDS[kind as DifferenceKind][language]}
        <small class="quiet">{WORDS[subject === 'payment' ? 'payments' : 'refunds'][language]}</small>
      </th>
      <td>
        <span class={`mark ${toneOf(kind, resolution)}`}>
          {RESOLUTION_WORDS[(resolution as Resolution | null) ?? 'open'][language]}
        </span>
        {!current && <small class="quiet">{WORDS.gone[language]}</small>}
      </td>
      <SideCell side={ours} language={language} />
      <SideCell side={theirs} language={language} />
      <td>
        {numbers
          .filter((number) => number !== null)
          .map((number) => (
            <Id text={number} />
          ))}
      </td>
    </tr>
  );
};

function toneOf(kind: string, resolution: string | null): 'good' | 'fair' | 'bad' {
  if (kind === 'foreign' || resolution === 'confirmed' || resolution === 'settled') return 'good';
  return resolution === 'owed' || resolution === 'unanswered' ? 'fair' : 'bad';
}

const SideCell = ({ side, language }: { side: Difference['ours']; language: Language }) =>
  side === null ? (
    <td class="quiet">–</td>
  ) : (
    <td>
      {yuan(side.amount, side.currency, language)}
      <small class="quiet">{[side.state, moment(side.at, language)].filter((word) => word !== null).join(' · ')}</small>
    </td>
  );

const Id = ({ text }: { text: string }) => (
  <button type="button" class="id" data-copy={text}>
    {text}
  </button>
);

/** A statement may name a currency that is none; it is shown as it is written. */
function yuan(fen: number, currency: string, language: Language): string {
  if (!/^[A-Z]{3}$/.test(currency)) return `${fen / 100} ${currency}`;
  return new Intl.NumberFormat(language, { style: 'currency', currency }).format(fen / 100);
}

/** In Beijing, as on the statement. */
function moment(at: string, language: Language): string {
  const style = { dateStyle: 'short', timeStyle: 'medium', timeZone: 'Asia/Shanghai' } as const;
  return new Intl.DateTimeFormat(language, style).format(new Date(at));
}
