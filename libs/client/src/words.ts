import type { components } from './openapi.js';

type Schemas = components['schemas'];

/** One order to be paid once. */
export type Payment = Schemas['PaymentSchema'];
/** A payment as its creation answers it: with the options, when a scene was given. */
export type CreatedPayment = Schemas['CreatedPaymentSchema'];
/** One try with one method. */
export type Attempt = Schemas['AttemptSchema'];
/** What the payer's client does next; switch on `type`. */
export type NextAction = Attempt['next_action'];
export type Refund = Schemas['RefundSchema'];
/** An option as the payer sees it, in the app's own order. */
export type PaymentMethod = Schemas['MethodSchema'];
/** Where the payer stands. */
export type Scene = Attempt['scene'];
/** What a payment is created with. */
export type NewPayment = Schemas['CreatePaymentDto'];
/** What a refund is created with. */
export type NewRefund = Schemas['CreateRefundDto'];
