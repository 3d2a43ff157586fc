import { randomBytes } from 'node:crypto';
import type { WebhookEvent } from '@hutong/client';
import type { OrderToPay } from './integration/checkout.js';
import type { Good, Shop } from './shops/shop.js';

/** An order of one good, as the shop keeps it. What was paid is the gateway's to say. */
export interface Order extends OrderToPay {
  readonly app: string;
  readonly good: Good;
  /** Known once the gateway has answered. */
  paymentId?: string;
  /** The last webhooks about it, newest first, each once. */
  readonly events: WebhookEvent[];
}

const MOST_ORDERS = 2_000;
const MOST_EVENTS = 8;

/** The shops' order books, in memory: a restart forgets them. */
export class Orders {
  readonly #byNo = new Map<string, Order>();

  /** Its number is not to be guessed: whoever knows it sees the order. */
  add(shop: Shop, good: Good, { scene, baseUrl }: Pick<OrderToPay, 'scene'> & { readonly baseUrl: string }): Order {
    const no = `${shop.app}-${randomBytes(12).toString('hex')}`;
    const returnUrl = `${baseUrl}/${shop.app}/orders/${no}`;
    const order: Order = {
      no,
      app: shop.app,
      good,
      scene,
      returnUrl,
      amount: good.price,
      description: good.name.zh,
      events: [],
    };
    this.#byNo.set(no, order);
    this.#forgetTheOldest();
    return order;
  }

  find(app: string, no: string): Order | undefined {
    const order = this.#byNo.get(no);
    return order?.app === app ? order : undefined;
  }

  /** Notes a webhook with the order that it is about; a delivery that came before changes nothing. */
  note(app: string, event: WebhookEvent): void {
    const paymentId = paymentIdIn(event.payload);
    const order = [...this.#byNo.values()].find((it) => it.app === app && it.paymentId === paymentId);
    if (order === undefined || paymentId === undefined || order.events.some(({ id }) => id === event.id)) return;
    order.events.unshift(event);
    order.events.splice(MOST_EVENTS);
  }

  #forgetTheOldest(): void {
    for (const no of this.#byNo.keys()) {
      if (this.#byNo.size <= MOST_ORDERS) return;
      this.#byNo.delete(no);
    }
  }
}

/** Of the event itself, or of the data that it carries. */
function paymentIdIn({ payment_id: own, data }: Readonly<Record<string, unknown>>): string | undefined {
  const id = own ?? (data as { readonly payment_id?: unknown } | null | undefined)?.payment_id;
  return typeof id === 'string' ? id : undefined;
}
