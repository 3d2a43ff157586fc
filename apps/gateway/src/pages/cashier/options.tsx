import type { MethodList } from '@hutong/payment-core';
import type { Language } from '../../http/language.js';
import { methodViews } from '../../methods/method-list.view.js';
import { MethodMark } from '../method-mark.js';
import type { CashierView, OpenCashier } from './cashier-view.js';
import type { CashierCopy } from './copy.js';

type OptionRow = ReturnType<typeof methodViews>[number];

export interface OptionRowsProps {
  readonly copy: Pick<CashierCopy, 'choose' | 'more'>;
  readonly language: Language;
  readonly list: Pick<MethodList, 'shown'>;
  /** The method of the try that there is. */
  readonly tried?: string | undefined;
}

/** The options in the app's own order, folded and badged as it says. */
export function OptionRows({ copy, language, list, tried }: OptionRowsProps) {
  const rows = methodViews(list, language);
  const chosen = chosenOf(rows, tried);
  const [open, folded] = [rows.filter((row) => !row.folded), rows.filter((row) => row.folded)];
  return (
    <fieldset>
      <legend class="aside">{copy.choose}</legend>
      <div class="options">
        {open.map((row) => (
          <Option row={row} list={list} checked={row.method === chosen} />
        ))}
        {folded.length > 0 && (
          <details class="more" open={folded.some(({ method }) => method === chosen)}>
            <summary>{copy.more(folded.length)}</summary>
            <div class="options">
              {folded.map((row) => (
                <Option row={row} list={list} checked={row.method === chosen} />
              ))}
            </div>
          </details>
        )}
      </div>
    </fieldset>
  );
}

/** The list and its one button: a form, so that it works as it is. */
export function PayForm({ view }: { view: OpenCashier & { readonly list: MethodList } }) {
  const { copy, path, visitor, list, attempt } = view;
  return (
    <form class="pay-form" id="pay" method="post" action={`${path}/pay${visitor.query}`}>
      <OptionRows copy={copy} language={visitor.language} list={list} tried={attempt?.method} />
      <div class="actions">
        <TimeLeft view={view} />
        <button class="button" id="pay-button">
          {copy.pay(view.amount)}
        </button>
        <BackToShop view={view} />
      </div>
    </form>
  );
}

function Option({ row, list, checked }: { row: OptionRow; list: Pick<MethodList, 'shown'>; checked: boolean }) {
  const known = list.shown.find(({ method }) => method.id === row.method)?.method;
  return (
    <label class="option">
      {known && <MethodMark method={known} />}
      <span class="option-text">
        <span class="option-title">
          {row.title}
          {row.badge !== null && <span class="badge">{row.badge}</span>}
        </span>
        {row.help !== null && <span class="option-help">{row.help}</span>}
      </span>
      <input type="radio" name="method" value={row.method} checked={checked} required />
    </label>
  );
}

/** What the payer tried last, else what the app preselects, else what the payer sees first. */
function chosenOf(rows: readonly OptionRow[], tried: string | undefined): string | undefined {
  const found = rows.find(({ method }) => method === tried) ?? rows.find(({ preselected }) => preselected);
  return (found ?? rows.find(({ folded }) => !folded) ?? rows[0])?.method;
}

/** Said only when it is short: a clock over two hours hurries nobody who is not late. */
function TimeLeft({ view }: { view: CashierView }) {
  const { copy, record, now } = view;
  return (
    <p
      class="time-left"
      id="time-left"
      data-until={record.payment.expiresAt.toISOString()}
      data-now={now.toISOString()}
      data-text={copy.timeLeftPattern}
      hidden
    ></p>
  );
}

export function BackToShop({ view: { copy, returnPath } }: { view: CashierView }) {
  if (returnPath === undefined) return null;
  return (
    <a class="quiet" id="back-to-shop" href={returnPath}>
      {copy.backToShop}
    </a>
  );
}
