import { listMethodsAtOnce, type CoreContext } from '@hutong/payment-core';
import type { FastLane } from '../http/fast-lane/fast-lane.js';
import { preferredLanguage } from '../http/language.js';
import { methodListBytes } from './method-list.bytes.js';
import { PaymentMethodsController } from './payment-methods.controller.js';
import { checkoutOfQuery, PaymentMethodsQuery } from './payment-methods.query.js';

/** What every checkout asks before it shows anything. Explanations are for people, who don't ask often. */
export function paymentMethodsLane(core: CoreContext): FastLane<PaymentMethodsQuery> {
  return {
    controller: PaymentMethodsController,
    handler: 'list',
    query: PaymentMethodsQuery,
    answer: (app, query, { headers }) => {
      if (query.explain === 'true') return undefined;
      const list = listMethodsAtOnce(core, app, checkoutOfQuery(query));
      return list && methodListBytes(list, preferredLanguage(headers['accept-language']));
    },
  };
}
