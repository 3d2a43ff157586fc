import type { Payment, PaymentMethod } from '@hutong/client';
import type { Order } from '../orders.js';
import type { Reader } from '../reader.js';
import type { Shop } from '../shops/shop.js';
import { moment, yuan } from './formats.js';
import { NextActionPanel } from './next-action-panel.js';
import { Amount, Page } from './page.js';
import { Picture, ShopHead } from './shop-page.js';
import { wordsIn } from './texts.js';

export interface OrderPageProps {
  readonly reader: Reader;
  readonly shop: Shop;
  readonly order: Order;
  readonly payment: Payment | undefined;
  /** What this shop offers for this order. */
  readonly options: readonly PaymentMethod[];
  readonly phoneUrl: string;
  /** Whether this shop is told by webhooks what happened. */
  readonly toldByWebhooks: boolean;
  /** Why the last click did not do what it should. */
  readonly complaint?: string | undefined;
}

type Stand = 'open' | 'paid' | 'closed' | 'refunded' | 'partly' | 'none';

/** How the order stands, by what the gateway says of its payment. */
export function standOf(payment: Payment | undefined): Stand {
  if (payment === undefined) return 'none';
  if (payment.status !== 'paid' || payment.amount_refunded === 0) return payment.status;
  return payment.amount_refunded === payment.amount ? 'refunded' : 'partly';
}

/** Changes when there is something new to show; the page's script compares it. */
export function versionOf(payment: Payment | undefined, order: Order): string {
  const attempts = payment?.attempts.map(({ status }) => status).join() ?? '';
  const refunds = payment?.refunds.map(({ status }) => status).join() ?? '';
  return [standOf(payment), attempts, refunds, order.events.length].join('/');
}

export function OrderPage(props: OrderPageProps) {
  const { reader, shop, order, payment, toldByWebhooks, complaint } = props;
  const words = wordsIn(reader.lang);
  const stand = standOf(payment);
  return (
    <Page
      reader={reader}
      shop={shop}
      title={`${words.status[stand]} · ${shop.name[reader.lang]}`}
      script="/assets/order.js"
      narrow
    >
      <ShopHead shop={shop} reader={reader} />
      {complaint !== undefined && (
        <p class="complaint" role="alert">
          {complaint}
        </p>
      )}
      <section
        class="card order"
        data-version={versionOf(payment, order)}
        data-status-url={`/${shop.app}/orders/${order.no}/status`}
      >
        <p class={`status ${stand}`} role="status">
          {words.status[stand]}
        </p>
        <p class="quiet">{words.statusHelp[stand]}</p>
        <div class="bought">
          <Picture drawing={order.good.drawing} />
          <span>{order.good.name[reader.lang]}</span>
          <Amount fen={order.amount} big />
        </div>
        <Facts {...props} />
      </section>
      {(stand === 'open' || stand === 'none') && <PaySection {...props} />}
      {(stand === 'paid' || stand === 'partly') && payment !== undefined && (
        <RefundSection {...props} payment={payment} />
      )}
      <Refunds {...props} />
      {toldByWebhooks && <Events {...props} />}
      <p class="links">
        <a href={`/${shop.app}`}>{words.backToShop}</a>
      </p>
    </Page>
  );
}

function Facts({ reader: { lang }, order, payment, options }: OrderPageProps) {
  const words = wordsIn(lang);
  const paid = payment?.paid_with;
  return (
    <dl>
      <dt>{words.orderNo}</dt>
      <dd class="id">{order.no}</dd>
      {payment !== undefined && (
        <>
          <dt>{words.created}</dt>
          <dd>{moment(payment.created_at, lang)}</dd>
        </>
      )}
      {paid && (
        <>
          <dt>{words.paidWith}</dt>
          <dd>{options.find(({ method }) => method === paid.method)?.title ?? paid.method}</dd>
          <dt>{words.providerReference}</dt>
          <dd class="id">{paid.provider_reference}</dd>
        </>
      )}
    </dl>
  );
}

/** The hosted cashier first; the shop's own list below it, for those who want to see one. */
function PaySection({ reader, shop, order, payment, options, phoneUrl }: OrderPageProps) {
  const words = wordsIn(reader.lang);
  const attempt = payment?.attempts.findLast(({ status }) => status === 'awaiting_payer' || status === 'unknown');
  const own = `/${shop.app}/orders/${order.no}`;
  return (
    <section class="card pay">
      {payment?.cashier_url && (
        <a class="primary" href={payment.cashier_url}>
          {words.pay} ¥{yuan(order.amount)}
        </a>
      )}
      {payment === undefined && (
        <form method="post" action={`${own}/payment`}>
          <button class="primary">{words.pay}</button>
        </form>
      )}
      {attempt && <NextActionPanel reader={reader} attempt={attempt} />}
      {payment !== undefined && options.length === 0 && <p>{words.noOptions}</p>}
      {options.length > 0 && (
        <details open={!payment?.cashier_url}>
          <summary>{words.payHere}</summary>
          <p class="quiet">{words.payHereHelp}</p>
          <ol class="options">
            {options.map((option) => (
              <li>
                <form method="post" action={`${own}/attempts`}>
                  <button name="method" value={option.method} disabled={option.kind === 'friend'}>
                    <strong>{option.title}</strong>
                    <small class="quiet">
                      {option.kind === 'friend' ? words.friendHelp : (option.help ?? option.badge)}
                    </small>
                  </button>
                </form>
              </li>
            ))}
          </ol>
        </details>
      )}
      <p class="quiet">
        {words.phoneHelp} <a href={phoneUrl}>{words.phone}</a>
      </p>
    </section>
  );
}

function RefundSection({ reader, shop, order, payment }: OrderPageProps & { readonly payment: Payment }) {
  const words = wordsIn(reader.lang);
  const left = refundable(payment);
  if (left === 0) return <></>;
  return (
    <section class="card">
      <h2>{words.refund}</h2>
      <form class="refund" method="post" action={`/${shop.app}/orders/${order.no}/refunds`}>
        <input type="hidden" name="number" value={String(payment.refunds.length + 1)} />
        <label>
          {words.refundAmount}
          <input name="amount" inputmode="decimal" autocomplete="off" value={yuan(left)} required />
        </label>
        <button>{words.refundSome}</button>
        <button name="all" value={String(left)}>
          {words.refundAll} ¥{yuan(left)}
        </button>
      </form>
    </section>
  );
}

/** What is neither back nor on its way back, in fen. */
export function refundable(payment: Payment): number {
  const taken = payment.refunds
    .filter(({ cause, status }) => cause === 'merchant' && status !== 'failed')
    .reduce((sum, { amount }) => sum + amount, 0);
  return payment.amount - taken;
}

function Refunds({ reader: { lang }, payment }: OrderPageProps) {
  if (payment === undefined || payment.refunds.length === 0) return <></>;
  const words = wordsIn(lang);
  return (
    <section class="card">
      <h2>{words.refunds}</h2>
      <ul class="rows">
        {payment.refunds.map((it) => (
          <li>
            <Amount fen={it.amount} />
            <span>{words.refundStatus[it.status]}</span>
            <time class="quiet" datetime={it.created_at}>
              {moment(it.created_at, lang)}
            </time>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Events({ reader: { lang }, order }: OrderPageProps) {
  const words = wordsIn(lang);
  return (
    <section class="card">
      <h2>{words.events}</h2>
      {order.events.length === 0 && <p class="quiet">{words.noEvents}</p>}
      <ul class="rows">
        {order.events.map((event) => (
          <li>
            <code>{event.type}</code>
            <span class="id">{event.id}</span>
            <time class="quiet" datetime={event.sentAt.toISOString()}>
              {moment(event.sentAt, lang)}
            </time>
          </li>
        ))}
      </ul>
    </section>
  );
}
