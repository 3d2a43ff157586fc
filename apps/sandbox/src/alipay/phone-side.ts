import type { PhoneSide } from '../frame/phone-side.js';
import type { SandboxClock } from '../frame/sandbox-clock.js';
import { type AlipayTrade, tradeStatus } from './alipay-trade.js';
import { userIdOf } from './identifiers.js';

/** Alipay in the payer's phone: one 2088… id for everybody, whatever app asks. */
export function phoneSide(clock: SandboxClock): PhoneSide {
  return {
    idsOf: (payer) => [{ id: userIdOf(payer) }],
    names: () => [],
    boundTo: (trade) => (trade as AlipayTrade).wire.buyer?.userId,
    idFor: (_trade, payer) => ({ id: userIdOf(payer) }),
    fromPayerCode: (trade) => trade.product === 'pay',
    queried: (trade) => {
      const status = tradeStatus(trade as AlipayTrade, clock.now());
      return status === undefined ? 'sub_code: ACQ.TRADE_NOT_EXIST' : `trade_status: ${status}`;
    },
  };
}
