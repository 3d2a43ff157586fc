import { REFUND_STATUSES } from '@hutong/payment-core';
import { CURRENCIES } from '@hutong/payment-port';
import { ApiProperty } from '@nestjs/swagger';

export class RefundSchema {
  @ApiProperty({ type: String, example: 'ref_0mgk2x1vQ7sJ4n8LzYtR2bWcKd' })
  id: string;

  @ApiProperty({ enum: ['refund'] })
  object: 'refund';

  @ApiProperty({ type: String })
  payment_id: string;

  @ApiProperty({ type: String, description: 'The money that goes back: one of the captures of the payment.' })
  capture_id: string;

  @ApiProperty({ type: String, nullable: true, description: 'Null for money that is owed back by rule.' })
  refund_no: string | null;

  @ApiProperty({ type: 'integer', description: 'Minor units.' })
  amount: number;

  @ApiProperty({ enum: CURRENCIES })
  currency: string;

  @ApiProperty({ type: String, nullable: true })
  reason: string | null;

  @ApiProperty({ enum: REFUND_STATUSES })
  status: string;

  @ApiProperty({
    enum: ['merchant', 'obligation'],
    description: '`obligation`: paid twice, or after the payment was closed; it goes back by itself.',
  })
  cause: string;

  @ApiProperty({ type: String, nullable: true })
  code: string | null;

  @ApiProperty({ type: String, description: 'The number the provider knows; the same on every retry.' })
  reference: string;

  @ApiProperty({ type: String, format: 'date-time' })
  created_at: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description:
      'When it goes to the provider, which wants time between two refunds of one payment. Null once it went.',
  })
  scheduled_at: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  succeeded_at: string | null;
}
