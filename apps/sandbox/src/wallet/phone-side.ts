import type { Payers } from '../frame/payers.js';
import type { PhoneSide } from '../frame/phone-side.js';
import { stateOf, type WalletTrade } from './views.js';

/** The balance wallet in the payer's phone: ids are names. */
export function phoneSide(payers: Payers): PhoneSide {
  return {
    idsOf: (payer) => [{ id: payer }],
    names: () =>
      payers
        .all()
        .filter(({ provider }) => provider === 'wallet')
        .map(({ id }) => id),
    boundTo: () => undefined,
    idFor: (_trade, payer) => ({ id: payer }),
    fromPayerCode: () => false,
    queried: (trade) => `state: ${stateOf(trade as WalletTrade)}`,
  };
}
