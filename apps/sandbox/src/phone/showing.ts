import type { FastifyReply, FastifyRequest } from 'fastify';
import { ControlError } from '../frame/control-error.js';
import type { Frame } from '../frame/frame.js';
import type { ConnectedWire } from '../frame/wire.js';
import { codeScreen } from './code-screen.js';
import { addressOf } from './paying.js';
import type { People } from './people.js';
import { showScreen } from './shell.js';
import { tillCharge } from './till-charge.js';
import { isOpen } from './trade-row.js';
import { type Visit, visitOf } from './visit.js';

/** The payer's code, and what a till makes of it. */
export class Showing {
  constructor(
    private readonly frame: Pick<Frame, 'trades' | 'clock'>,
    private readonly people: People,
  ) {}

  /** Each look is a new code, as in a real wallet. @throws ControlError 400 */
  show(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const visit = visitOf(request);
    const wire = this.wireOf(visit);
    const code = wire.payerCode?.({ payer: visit.payer, passwordFirst: false }) ?? '';
    const others = this.people.codeShowers().map(({ provider }) => provider);
    const shownAt = this.frame.clock.now().getTime();
    return showScreen(reply, visit, codeScreen({ provider: wire.provider, others, code, shownAt }, visit));
  }

  /** Has a till charged it? To the password or the receipt then; scripts are told as JSON. @throws ControlError 400 */
  till(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const visit = visitOf(request);
    const wire = this.wireOf(visit);
    const since = visit.url.searchParams.get('since') ?? '';
    if (!/^\d{1,15}$/.test(since)) throw new ControlError(400, 'since: a time in ms since 1970.');
    const trade = tillCharge(wire, visit.payer, Number(since), this.frame.trades);
    const to = trade && addressOf(trade, isOpen(trade) ? 'pay' : 'result', {});
    if (request.headers.accept?.includes('application/json')) return reply.send({ location: to ?? null });
    return reply.redirect(to ?? `/phone/code?wallet=${wire.provider}`, 303);
  }

  private wireOf({ url }: Visit): ConnectedWire {
    const able = this.people.codeShowers();
    const asked = url.searchParams.get('wallet');
    const wire = asked === null ? able[0] : able.find(({ provider }) => provider === asked);
    if (wire !== undefined) return wire;
    throw new ControlError(
      400,
      `No payer's codes there. There is: ${able.map(({ provider }) => provider).join(', ')}.`,
    );
  }
}
