import { refundedAmount } from '../../payments/payment.view.js';
import { Moment } from '../moment.js';
import { moneyText, Amount } from '../money-text.js';
import { StateMark, type StateDrawing } from '../state-mark.js';
import type { CashierView } from './cashier-view.js';
import type { Standing } from './standing.js';

type Ended = Exclude<Standing, 'open'>;

const DRAWINGS = {
  paid: 'done',
  partly_refunded: 'back',
  refunded: 'back',
  canceled: 'closed',
  expired: 'clock',
} as const satisfies Record<Ended, StateDrawing>;

const RETURN_AFTER_SECONDS = 3;

/** How it ended, the same for the payer and for whoever comes later. */
export function Result({ view, standing, method }: { view: CashierView; standing: Ended; method: string | undefined }) {
  const { copy, record, visitor } = view;
  const { title, text } = copy.standings[standing];
  return (
    <>
      <section class="state" id="state" role="status">
        <StateMark drawing={DRAWINGS[standing]} good={standing === 'paid'} />
        <h1>{title}</h1>
        {standing === 'paid' && <Amount money={record.payment.amount} language={visitor.language} />}
        {text !== '' && <p class="muted">{text}</p>}
      </section>
      <Facts view={view} standing={standing} method={method} />
      <WayBack view={view} standing={standing} />
    </>
  );
}

function Facts({ view, standing, method }: { view: CashierView; standing: Ended; method: string | undefined }) {
  const { copy, record, visitor, amount } = view;
  const { payment, refunds } = record;
  const refunded = { ...payment.amount, amount: refundedAmount(refunds) };
  return (
    <dl class="facts" id="facts">
      <Fact name={copy.facts.goods} value={payment.description} />
      {standing !== 'paid' && <Fact name={copy.facts.amount} value={amount} />}
      {refunded.amount > 0 && <Fact name={copy.facts.refunded} value={moneyText(refunded, visitor.language)} />}
      {method !== undefined && <Fact name={copy.facts.method} value={method} />}
      {payment.paidAt !== undefined && (
        <Fact name={copy.facts.paidAt} value={<Moment at={payment.paidAt} language={visitor.language} />} />
      )}
      <Fact name={copy.facts.orderNo} value={payment.orderNo} />
    </dl>
  );
}

function Fact({ name, value }: { name: string; value: string | ReturnType<typeof Moment> }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** Only who has just paid goes back by themselves, and only if they do not say stay. A page that leads nowhere says that it is over. */
function WayBack({ view, standing }: { view: CashierView; standing: Ended }) {
  const { copy, returnPath } = view;
  if (returnPath === undefined) {
    return (
      <div class="actions">
        <p class="muted" id="may-close">
          {copy.mayClose}
        </p>
      </div>
    );
  }
  return (
    <div class="actions">
      <a
        class="button"
        id="back-to-shop"
        href={returnPath}
        data-after={standing === 'paid' ? String(RETURN_AFTER_SECONDS) : undefined}
        data-text={copy.returning}
      >
        {copy.backToShop}
      </a>
      <button class="quiet" type="button" id="stay" hidden>
        {copy.stay}
      </button>
    </div>
  );
}
