import { DELIVERY_STATUSES, SEND_ERRORS } from '@hutong/payment-core';
import { ApiProperty } from '@nestjs/swagger';

export class DeliveryAttemptSchema {
  @ApiProperty({ type: String, format: 'date-time', description: 'Real time.' })
  at: string;

  @ApiProperty({ type: 'integer' })
  duration_ms: number;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'HTTP status of a whole answer. Nothing else of an answer is kept.',
  })
  status: number | null;

  @ApiProperty({ enum: SEND_ERRORS, nullable: true, description: 'Why there was no whole answer.' })
  error: string | null;
}

export class DeliverySchema {
  @ApiProperty({ type: String })
  id: string;

  @ApiProperty({ type: String })
  endpoint_id: string;

  @ApiProperty({ enum: DELIVERY_STATUSES, description: '`dead_letter`: given up until a redelivery is asked for.' })
  status: string;

  @ApiProperty({ type: 'integer', description: 'Since it was last put on its way.' })
  attempts: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  next_attempt_at: string | null;

  @ApiProperty({ type: [DeliveryAttemptSchema], description: 'Every exchange, oldest first.' })
  log: readonly DeliveryAttemptSchema[];
}

export class EventSummarySchema {
  @ApiProperty({
    type: String,
    example: 'evt_0mgk2x1vQ7sJ4n8LzYtR2bWcKd',
    description: 'The `webhook-id` of its messages.',
  })
  id: string;

  @ApiProperty({ enum: ['event'] })
  object: 'event';

  @ApiProperty({ type: String, example: 'payment.paid' })
  type: string;

  @ApiProperty({ type: String, format: 'date-time' })
  created_at: string;

  @ApiProperty({ type: String })
  app: string;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: '1, 2, 3 … per payment; null for what happened to the app.',
  })
  sequence: number | null;

  @ApiProperty({ type: Object, additionalProperties: true, description: 'As in the message.' })
  data: Readonly<Record<string, unknown>>;
}

export class EventSchema extends EventSummarySchema {
  @ApiProperty({ type: [DeliverySchema], description: 'One per endpoint.' })
  deliveries: readonly DeliverySchema[];
}

export class EventListSchema {
  @ApiProperty({ enum: ['list'] })
  object: 'list';

  @ApiProperty({ type: [EventSummarySchema], description: 'Newest first.' })
  data: readonly EventSummarySchema[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Pass it as `after` for the page that follows; null: there is none.',
  })
  next: string | null;
}

export class RedeliverySchema {
  @ApiProperty({ enum: ['redelivery'] })
  object: 'redelivery';

  @ApiProperty({ type: 'integer', description: 'How many deliveries are on their way.' })
  deliveries: number;
}
