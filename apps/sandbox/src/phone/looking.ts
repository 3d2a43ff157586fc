import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Frame } from '../frame/frame.js';
import type { Delivery } from '../frame/notifier.js';
import type { Trade } from '../frame/trade.js';
import { orderScreen, ordersScreen } from './order-screens.js';
import type { ByTrade } from './paying.js';
import type { People } from './people.js';
import { showScreen } from './shell.js';
import { visitOf } from './visit.js';

/** What has happened to orders so far. */
export class Looking {
  constructor(
    private readonly frame: Pick<Frame, 'trades' | 'clock' | 'notifier'>,
    private readonly people: People,
  ) {}

  orders(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const visit = visitOf(request);
    return showScreen(reply, visit, ordersScreen(this.frame.trades.list(), this.frame.clock.now(), visit));
  }

  /** @throws ControlError 404 */
  order(request: FastifyRequest<ByTrade>, reply: FastifyReply): FastifyReply {
    const visit = visitOf(request);
    const trade = this.frame.trades.byId(request.params.id);
    const queried = this.people.wireOf(trade.provider).phone.queried(trade);
    const deliveries = this.frame.notifier.deliveries().filter((delivery) => isAbout(delivery, trade));
    return showScreen(reply, visit, orderScreen({ trade, queried, deliveries }, visit));
  }
}

/** A batch is told of under its own number. */
function isAbout(delivery: Delivery, { provider, account, reference, batch }: Trade): boolean {
  if (delivery.provider !== provider) return false;
  if (delivery.account === account && delivery.reference === reference) return true;
  return delivery.account === batch?.account && delivery.reference === batch.reference;
}
