import type { FastifyInstance } from 'fastify';
import { ControlError } from '../frame/control-error.js';
import type { Trades } from '../frame/trades.js';
import { tradeView } from '../frame/trade.js';
import { type ConnectedWire, REFUND_RESULTS } from '../frame/wire.js';
import { bodyFields, oneOf, onlyFields } from './fields.js';

type ByNumber = { readonly Params: { readonly id: string; readonly reference: string } };

/** `POST /__sandbox/trades/{id}/refunds/{reference} {result}`: what comes of a refund that is under way, now. */
export function registerRefundResults(scope: FastifyInstance, trades: Trades, wires: readonly ConnectedWire[]): void {
  scope.post<ByNumber>('/trades/:id/refunds/:reference', (request, reply) => {
    const trade = trades.byId(request.params.id);
    const body = bodyFields(request.body);
    onlyFields(body, ['result']);
    const result = oneOf(body, 'result', REFUND_RESULTS);
    const wire = wires.find(({ provider }) => provider === trade.provider);
    if (wire?.settleRefund === undefined)
      throw new ControlError(409, `${trade.provider} is done with refunds at once.`);
    wire.settleRefund(trade, request.params.reference, result);
    return reply.send({ data: tradeView(trade) });
  });
}
