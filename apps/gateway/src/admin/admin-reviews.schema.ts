import { REVIEW_ACTIONS } from '@hutong/payment-core';
import { ApiProperty } from '@nestjs/swagger';

export class ResolutionSchema {
  @ApiProperty({ enum: REVIEW_ACTIONS })
  action: string;

  @ApiProperty({ type: String, nullable: true })
  note: string | null;

  @ApiProperty({ type: String, description: 'The head of the key.' })
  actor: string;

  @ApiProperty({ type: String, format: 'date-time' })
  at: string;
}

export class ReviewSchema {
  @ApiProperty({ type: String, description: 'Of the event that raised it.', example: 'evt_0mgk2x1vQ7sJ4n8LzYtR2bWcKd' })
  id: string;

  @ApiProperty({ enum: ['review'] })
  object: 'review';

  @ApiProperty({ enum: ['open', 'resolved'] })
  status: string;

  @ApiProperty({ type: String, example: 'refund.needs_review' })
  type: string;

  @ApiProperty({ type: String })
  app: string;

  @ApiProperty({ type: String, nullable: true })
  payment_id: string | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'What it is about: `code`, `attempt_id` or `refund_id`.',
  })
  data: object;

  @ApiProperty({ type: String, format: 'date-time' })
  created_at: string;

  @ApiProperty({ type: ResolutionSchema, nullable: true })
  resolution: ResolutionSchema | null;
}

export class ReviewListSchema {
  @ApiProperty({ enum: ['list'] })
  object: 'list';

  @ApiProperty({ type: [ReviewSchema], description: 'Oldest first.' })
  data: ReviewSchema[];

  @ApiProperty({ type: Boolean, description: 'Ask again with `after`.' })
  has_more: boolean;
}
