import type { FastifyReply, FastifyRequest } from 'fastify';
import { ControlError } from '../frame/control-error.js';
import type { Frame } from '../frame/frame.js';
import type { Trade } from '../frame/trade.js';
import { PAY_RESULTS, type PayResult } from '../frame/wire.js';
import { formFields } from './form-fields.js';
import { returnUrlIn } from './hand-over.js';
import type { People } from './people.js';
import { payScreen } from './pay-screen.js';
import { resultScreen } from './result-screen.js';
import { showScreen } from './shell.js';
import { isOpen } from './trade-row.js';
import { type Visit, visitOf } from './visit.js';

export type ByTrade = { readonly Params: { readonly id: string } };

/** The sheet of one order, the payer's decision on it, and how that ended. */
export class Paying {
  constructor(
    private readonly frame: Pick<Frame, 'trades' | 'cashier'>,
    private readonly people: People,
  ) {}

  /** @throws ControlError 400, 404 */
  show(request: FastifyRequest<ByTrade>, reply: FastifyReply): FastifyReply {
    const trade = this.frame.trades.byId(request.params.id);
    const visit = visitOf(request);
    if (!isOpen(trade)) return reply.redirect(addressOf(trade, 'result', { back: returnUrlOf(visit) }), 303);
    return this.sheet(reply, trade, visit);
  }

  /**
   * Through the cashier, as `POST /__sandbox/trades/{id}/pay`: a refusal that was tapped is its `result`; a password says
   * none, so that what the order orders itself (Outcomes) happens. @throws ControlError 400, 404
   */
  async decide(request: FastifyRequest<ByTrade>, reply: FastifyReply): Promise<FastifyReply> {
    const trade = this.frame.trades.byId(request.params.id);
    const visit = visitOf(request);
    const { result, password = '' } = formFields(request.body);
    const refusal = refusalNamed(result);
    if (refusal === undefined && !/^\d{6}$/.test(password)) {
      return this.sheet(
        reply,
        trade,
        visit,
        visit.say('密码是六位数字，任意即可。', 'The password has six digits; any will do.'),
      );
    }
    try {
      const payer = this.people.payerOf(trade, visit.payer).id;
      const tried = await this.frame.cashier.pay(trade, { payer, ...(refusal && { result: refusal }) });
      return reply.redirect(addressOf(trade, 'result', { tried, back: returnUrlOf(visit) }), 303);
    } catch (cause) {
      if (!(cause instanceof ControlError) || !isOpen(trade)) throw cause;
      return this.sheet(reply, trade, visit, cause.detail);
    }
  }

  /** @throws ControlError 400, 404 */
  ended(request: FastifyRequest<ByTrade>, reply: FastifyReply): FastifyReply {
    const trade = this.frame.trades.byId(request.params.id);
    const visit = visitOf(request);
    const returnUrl = returnUrlOf(visit);
    const tried = PAY_RESULTS.find((result) => result === visit.url.searchParams.get('tried'));
    const queried = this.people.wireOf(trade.provider).phone.queried(trade);
    const again = addressOf(trade, 'pay', { back: returnUrl });
    return showScreen(reply, visit, resultScreen({ trade, tried, queried, returnUrl, again }, visit));
  }

  private sheet(reply: FastifyReply, trade: Trade, visit: Visit, alert?: string): FastifyReply {
    const payerId = this.people.payerOf(trade, visit.payer).id;
    const bound = this.people.wireOf(trade.provider).phone.boundTo(trade) !== undefined;
    const wallet = this.people.walletOf(trade, visit.payer);
    const query = queryOf({ back: returnUrlOf(visit) });
    return showScreen(reply, visit, payScreen({ trade, payerId, bound, wallet, query, alert }, visit));
  }
}

/** What is carried from page to page. */
interface Carried {
  readonly tried?: PayResult;
  readonly back?: string | undefined;
}

/** A page of one order's payment. */
export function addressOf({ id }: Trade, page: 'pay' | 'result', carried: Carried): string {
  return `/phone/trades/${id}/${page}${queryOf(carried)}`;
}

function queryOf({ tried, back }: Carried): string {
  const query = new URLSearchParams({ ...(tried && { tried }), ...(back !== undefined && { return_url: back }) });
  return query.size === 0 ? '' : `?${query.toString()}`;
}

const returnUrlOf = ({ url }: Visit): string | undefined =>
  returnUrlIn(url.searchParams.get('return_url') ?? undefined);

/** @throws ControlError 400 for a word that no button of the sheet sends */
function refusalNamed(word: string | undefined): PayResult | undefined {
  if (word === undefined || word === '') return undefined;
  const found = PAY_RESULTS.find((result) => result === word && result !== 'success');
  if (found === undefined) throw new ControlError(400, 'result must be one of the refusals on the sheet.');
  return found;
}
