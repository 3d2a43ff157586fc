import { ATTEMPT_STATUSES, PAYMENT_STATUSES } from '@hutong/payment-core';
import { CURRENCIES, SCENES } from '@hutong/payment-port';
import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { MethodSchema } from '../methods/method-list.schema.js';
import { RefundSchema } from '../refunds/refund.schema.js';
import { NEXT_ACTION_SCHEMAS, type NextActionSchema } from './next-action.schema.js';

@ApiExtraModels(...Object.values(NEXT_ACTION_SCHEMAS))
export class AttemptSchema {
  @ApiProperty({ type: String, example: 'att_0mgk2x1vQ7sJ4n8LzYtR2bWcKd' })
  id: string;

  @ApiProperty({ enum: ['attempt'] })
  object: 'attempt';

  @ApiProperty({ enum: ATTEMPT_STATUSES })
  status: string;

  @ApiProperty({ type: String, example: 'wechat_scan' })
  method: string;

  @ApiProperty({ enum: SCENES })
  scene: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'wechat_pay',
    description:
      'Whose wallet it is, also where the method may reach several. Null for one code for every wallet: whoever scans it pays with ' +
      'an attempt of their own, under the same method.',
  })
  provider: string | null;

  @ApiProperty({ type: String, description: 'The number the provider knows.' })
  reference: string;

  @ApiProperty({
    oneOf: Object.values(NEXT_ACTION_SCHEMAS).map((schema) => ({ $ref: getSchemaPath(schema) })),
    discriminator: {
      propertyName: 'type',
      mapping: Object.fromEntries(
        Object.entries(NEXT_ACTION_SCHEMAS).map(([type, schema]) => [type, getSchemaPath(schema)]),
      ),
    },
  })
  next_action: NextActionSchema;

  @ApiProperty({ type: String, nullable: true, description: 'Why it failed.' })
  code: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  created_at: string;

  @ApiProperty({ type: String, format: 'date-time' })
  expires_at: string;
}

export class PaidWithSchema {
  @ApiProperty({ type: String })
  attempt_id: string;

  @ApiProperty({ type: String, example: 'wechat_pay' })
  method: string;

  @ApiProperty({ type: String })
  provider: string;

  @ApiProperty({ type: String, description: 'Ours: the number the provider knows.' })
  reference: string;

  @ApiProperty({ type: String, description: "Theirs: the provider's number of the trade." })
  provider_reference: string;

  @ApiProperty({ type: String, format: 'date-time' })
  paid_at: string;
}

export class CaptureSchema {
  @ApiProperty({ type: String, example: 'cap_0mgk2x1vQ7sJ4n8LzYtR2bWcKd' })
  id: string;

  @ApiProperty({ enum: ['capture'] })
  object: 'capture';

  @ApiProperty({ type: String })
  attempt_id: string;

  @ApiProperty({ type: String })
  provider: string;

  @ApiProperty({ type: String, description: "Theirs: the provider's number of the trade." })
  provider_reference: string;

  @ApiProperty({ type: 'integer', description: 'Minor units.' })
  amount: number;

  @ApiProperty({ enum: CURRENCIES })
  currency: string;

  @ApiProperty({ type: String, format: 'date-time' })
  paid_at: string;

  @ApiProperty({
    type: Boolean,
    description: 'True for the one that paid this payment; any other was paid on top, and goes back by itself.',
  })
  accepted: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The refund by which it goes back, where it is not accepted.',
  })
  returned_by: string | null;
}

export class PaymentSchema {
  @ApiProperty({ type: String, example: 'pay_0mgk2x1vQ7sJ4n8LzYtR2bWcKd' })
  id: string;

  @ApiProperty({ enum: ['payment'] })
  object: 'payment';

  @ApiProperty({ enum: PAYMENT_STATUSES })
  status: string;

  @ApiProperty({ type: String })
  order_no: string;

  @ApiProperty({ type: 'integer', description: 'Minor units (fen).' })
  amount: number;

  @ApiProperty({ enum: CURRENCIES })
  currency: string;

  @ApiProperty({ type: 'integer', description: 'The sum of refunds that succeeded.' })
  amount_refunded: number;

  @ApiProperty({
    type: 'integer',
    description:
      'What was paid on top: the sum of captures that are not accepted. It goes back by itself, to whoever paid it.',
  })
  amount_overpaid: number;

  @ApiProperty({ type: Boolean, description: 'Something about it waits for a person (`/admin/v1/reviews`).' })
  needs_review: boolean;

  @ApiProperty({ type: String })
  description: string;

  @ApiProperty({ enum: SCENES, nullable: true })
  scene: string | null;

  @ApiProperty({ type: String, format: 'uri', nullable: true })
  return_url: string | null;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  metadata: Readonly<Record<string, string>>;

  @ApiProperty({
    type: String,
    format: 'uri',
    description: 'The hosted cashier: send the payer there. Whoever has the address may see and pay this payment.',
  })
  cashier_url: string;

  @ApiProperty({ type: String, format: 'date-time' })
  created_at: string;

  @ApiProperty({ type: String, format: 'date-time' })
  expires_at: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  paid_at: string | null;

  @ApiProperty({ enum: ['canceled', 'expired'], nullable: true })
  closed_reason: string | null;

  @ApiProperty({ type: PaidWithSchema, nullable: true })
  paid_with: PaidWithSchema | null;

  @ApiProperty({ type: [AttemptSchema], description: 'Oldest first.' })
  attempts: AttemptSchema[];

  @ApiProperty({ type: [CaptureSchema], description: 'All money that was proven to have moved, oldest first.' })
  captures: CaptureSchema[];

  @ApiProperty({ type: [RefundSchema], description: 'Oldest first.' })
  refunds: RefundSchema[];
}

export class CreatedPaymentSchema extends PaymentSchema {
  @ApiPropertyOptional({ type: [MethodSchema], description: 'The options, when the payment was created with a scene.' })
  methods?: MethodSchema[];
}

export class PaymentListSchema {
  @ApiProperty({ enum: ['list'] })
  object: 'list';

  @ApiProperty({ type: [PaymentSchema] })
  data: PaymentSchema[];
}
