import { HutongProblem, OutcomeUnknown, type Payment } from '@hutong/client';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { field } from '../forms.js';
import { createPayment, paymentOf, refund } from '../integration/checkout.js';
import { optionsFor, startAttempt } from '../integration/own-checkout.js';
import { sceneOf } from '../integration/scene.js';
import type { Order } from '../orders.js';
import { fenOf } from '../pages/formats.js';
import { OrderPage, refundable, versionOf } from '../pages/order-page.js';
import { wordsIn } from '../pages/texts.js';
import { readerOf, type Reader } from '../reader.js';
import type { Shop } from '../shops/shop.js';
import type { Street } from '../storefront.js';
import { NoSuchPage, sendPage, shopIn } from './answer.js';

/** An order from the click to the refund. Each route is one step of the integration, and a page or an address to go to. */
export function addOrders(server: FastifyInstance, street: Street): void {
  const visit = (request: FastifyRequest, reply: FastifyReply) => visitOf(street, request, reply);

  server.post('/:app/orders', async (request, reply) => {
    const shop = shopIn(request);
    const good = shop.goods.find(({ id }) => id === field(request.body, 'good'));
    if (good === undefined) throw new NoSuchPage();
    const scene = sceneOf(request.headers['user-agent'] ?? '');
    const order = street.orders.add(shop, good, { scene, baseUrl: street.parts.baseUrl });
    return pay(visitTo(street, shop, order, request, reply));
  });

  server.post('/:app/orders/:no/payment', async (request, reply) => pay(visit(request, reply)));

  server.get('/:app/orders/:no', async (request, reply) => showOrder(visit(request, reply)));

  server.get('/:app/orders/:no/status', async (request, reply) => {
    const { hutong, order } = visit(request, reply);
    const payment = await paymentOf(hutong, order.no);
    return reply.header('cache-control', 'no-store').send({ version: versionOf(payment, order) });
  });

  server.post('/:app/orders/:no/attempts', async (request, reply) => {
    const here = visit(request, reply);
    const payment = await here.payment();
    const method = field(request.body, 'method');
    return orComplaint(here, async () => {
      const { next_action: next } = await startAttempt(here.hutong, payment.id, {
        method,
        order: here.order,
        ip: request.ip,
      });
      return next.type === 'redirect' && next.form === undefined ? next.url : here.url;
    });
  });

  server.post('/:app/orders/:no/refunds', async (request, reply) => {
    const here = visit(request, reply);
    const payment = await here.payment();
    const amount = amountOf(request.body);
    const number = Number(field(request.body, 'number'));
    if (amount === undefined || !mayRefund(payment, number, amount)) {
      return showOrder(here, { status: 400, complaint: wordsIn(here.reader.lang).badAmount });
    }
    return orComplaint(here, async () => {
      await refund(here.hutong, payment.id, `${here.order.no}-${number}`, amount);
      return here.url;
    });
  });
}

type Visit = ReturnType<typeof visitTo>;

/** @throws NoSuchPage when the shop or its order does not exist */
function visitOf(street: Street, request: FastifyRequest, reply: FastifyReply): Visit {
  const shop = shopIn(request);
  const order = street.orders.find(shop.app, (request.params as { readonly no: string }).no);
  if (order === undefined) throw new NoSuchPage();
  return visitTo(street, shop, order, request, reply);
}

function visitTo(street: Street, shop: Shop, order: Order, request: FastifyRequest, reply: FastifyReply) {
  const reader: Reader = readerOf(request, reply);
  const hutong = street.hutong(shop.app, reader.lang);
  const url = `/${shop.app}/orders/${order.no}`;
  return {
    street,
    shop,
    order,
    reply,
    hutong,
    url,
    reader: { ...reader, path: url },
    /** @throws NoSuchPage when none was created yet */
    async payment(): Promise<Payment> {
      const payment = await paymentOf(hutong, order.no);
      if (payment === undefined) throw new NoSuchPage();
      return payment;
    },
  };
}

/** Creates the payment and sends the payer to the hosted cashier, or to the order's page where there is none. */
async function pay(here: Visit): Promise<FastifyReply> {
  return orComplaint(here, async () => {
    const payment = await createPayment(here.hutong, here.order);
    here.order.paymentId = payment.id;
    return payment.cashier_url ?? here.url;
  });
}

/** Goes where the step leads. What the gateway refuses, or may have done, is told on the order's page. */
async function orComplaint(here: Visit, step: () => Promise<string>): Promise<FastifyReply> {
  try {
    return here.reply.redirect(await step(), 303);
  } catch (error) {
    if (error instanceof OutcomeUnknown) {
      return showOrder(here, { status: 502, complaint: wordsIn(here.reader.lang).unknownHelp });
    }
    if (!(error instanceof HutongProblem) || error.status >= 500) throw error;
    return showOrder(here, { status: error.status, complaint: error.detail });
  }
}

async function showOrder(
  here: Visit,
  { status = 200, complaint }: { readonly status?: number; readonly complaint?: string } = {},
): Promise<FastifyReply> {
  const { street, shop, order, hutong, reader, reply } = here;
  const payment = await paymentOf(hutong, order.no);
  if (payment !== undefined) order.paymentId = payment.id;
  const options = payment === undefined ? [] : await optionsFor(hutong, order);
  const phoneUrl = `${street.parts.sandboxUrl}/`;
  const toldByWebhooks = (street.parts.webhookSecrets?.[shop.app] ?? []).length > 0;
  const page = <OrderPage {...{ reader, shop, order, payment, options, phoneUrl, toldByWebhooks, complaint }} />;
  return sendPage(reply, page, status);
}

/** Everything that the button said was left, or what was typed. */
function amountOf(body: unknown): number | undefined {
  const all = field(body, 'all');
  return /^\d{1,11}$/.test(all) ? Number(all) : fenOf(field(body, 'amount'));
}

/** A number that was used is the click before, come again: the gateway answers the refund that it made. */
function mayRefund(payment: Payment, number: number, amount: number): boolean {
  const next = payment.refunds.length + 1;
  return number === next
    ? amount >= 1 && amount <= refundable(payment)
    : Number.isInteger(number) && number >= 1 && number < next;
}
