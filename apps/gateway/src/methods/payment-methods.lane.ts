import { listMethods, type CoreContext } from '@hutong/payment-core';
import type { FastLane } from '../http/fast-lane/fast-lane.js';
import { preferredLanguage } from '../http/language.js';
import { methodListText } from './method-list.text.js';
import { PaymentMethodsController } from './payment-methods.controller.js';
import { checkoutOfQuery, PaymentMethodsQuery } from './payment-methods.query.js';

/** What every checkout asks before it shows anything. Explanations are for people, who don't ask often. */
export function paymentMethodsLane(core: CoreContext): FastLane<PaymentMethodsQuery> {
  return {
    controller: PaymentMethodsController,
    handler: 'list',
    query: PaymentMethodsQuery,
    answer: async (app, query, { headers }) => {
      if (query.explain === 'true') return undefined;
      const list = await listMethods(core, app, checkoutOfQuery(query));
      return methodListText(list, preferredLanguage(headers['accept-language']));
    },
  };
}
