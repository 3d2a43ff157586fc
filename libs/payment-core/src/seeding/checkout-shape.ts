import { CURRENCIES, MAX_AMOUNT, SCENES } from '@hutong/payment-port';
import { environmentOf } from '../checkout-of-payment.js';
import type { Checkout } from '../options/checkout-facts.js';
import { clientVersion, segmentNames } from './option-shape.js';
import { anyText, checked, integer, members, moment, oneOf, type Shape } from './shape.js';

/** A checkout that somebody brings to a replay, in the words of `GET /v1/payment-methods`, with the time it was. */
export const checkoutShape: Shape<Checkout & { readonly now?: Date }> = checked(
  members(
    { amount: integer(1, MAX_AMOUNT), scene: oneOf(SCENES) },
    {
      at: moment,
      currency: oneOf(CURRENCIES),
      payer_id: anyText,
      segments: segmentNames,
      client_version: clientVersion,
      client_app_id: anyText,
      user_agent: anyText,
      page_url: anyText,
      referrer_policy: anyText,
    },
  ),
  ({ amount, scene, at, currency = 'CNY', payer_id, segments, client_version, ...stands }) => {
    const { client_app_id, user_agent, page_url, referrer_policy } = stands;
    const environment = environmentOf({
      ...(user_agent !== undefined && { userAgent: user_agent }),
      ...(page_url !== undefined && { pageUrl: page_url }),
      ...(referrer_policy !== undefined && { referrerPolicy: referrer_policy }),
      ...(client_app_id !== undefined && { clientAppId: client_app_id }),
    });
    return {
      amount,
      scene,
      currency,
      ...(payer_id !== undefined && { payerId: payer_id }),
      ...(segments !== undefined && { segments }),
      ...(client_version !== undefined && { clientVersion: client_version }),
      ...(environment && { environment }),
      ...(at !== undefined && { now: new Date(at) }),
    };
  },
);
