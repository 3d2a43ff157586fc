import { DIFFERENCE_KINDS, RECONCILIATION_STATUSES, RESOLUTIONS } from '@hutong/payment-core';
import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiProperty, getSchemaPath } from '@nestjs/swagger';

export class LineSumSchema {
  @ApiProperty({ type: 'integer' })
  count: number;

  @ApiProperty({ type: 'integer', description: 'Minor units.' })
  amount: number;
}

export class FeeSumSchema {
  @ApiProperty({ type: 'integer', description: 'Minor units: what the provider kept less what it gave back.' })
  amount: number;
}

export class SumsSchema {
  @ApiProperty({ type: LineSumSchema })
  payments: LineSumSchema;

  @ApiProperty({ type: LineSumSchema })
  refunds: LineSumSchema;

  @ApiProperty({ type: FeeSumSchema })
  fees: FeeSumSchema;
}

export class TallySchema {
  @ApiProperty({ type: SumsSchema, description: 'The whole statement: the three others together.' })
  statement: SumsSchema;

  @ApiProperty({ type: SumsSchema })
  matched: SumsSchema;

  @ApiProperty({ type: SumsSchema })
  differences: SumsSchema;

  @ApiProperty({ type: SumsSchema, description: 'Under way here, and not long enough to be a difference.' })
  in_flight: SumsSchema;
}

export class SideSchema {
  @ApiProperty({ type: 'integer', description: 'Minor units.' })
  amount: number;

  @ApiProperty({ type: String })
  currency: string;

  @ApiProperty({ type: String, nullable: true })
  state: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  at: string;
}

export class DifferenceSchema {
  @ApiProperty({ type: String, example: 'dif_0mgk2x1vQ7sJ4n8LzYtR2bWcKd' })
  id: string;

  @ApiProperty({ enum: DIFFERENCE_KINDS })
  kind: string;

  @ApiProperty({ enum: ['payment', 'refund'] })
  subject: 'payment' | 'refund';

  @ApiProperty({ type: Boolean, description: 'False: an earlier run found it, and the newest did not.' })
  current: boolean;

  @ApiProperty({ enum: RESOLUTIONS, nullable: true, description: 'What was done about it.' })
  resolution: string | null;

  @ApiProperty({ type: String, nullable: true, description: "The attempt's number that the provider knows." })
  reference: string | null;

  @ApiProperty({ type: String, nullable: true })
  provider_reference: string | null;

  @ApiProperty({ type: String, nullable: true })
  refund_reference: string | null;

  @ApiProperty({ type: String, nullable: true })
  payment_id: string | null;

  @ApiProperty({ type: String, nullable: true })
  attempt_id: string | null;

  @ApiProperty({ type: String, nullable: true })
  refund_id: string | null;

  @ApiProperty({ type: SideSchema, nullable: true, description: 'What our books say; null where they say nothing.' })
  ours: SideSchema | null;

  @ApiProperty({
    type: SideSchema,
    nullable: true,
    description: 'What the statement says; null where it says nothing.',
  })
  theirs: SideSchema | null;

  @ApiProperty({ type: String, format: 'date-time' })
  found_at: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  resolved_at: string | null;
}

export class AccountDaySchema {
  @ApiProperty({ type: String })
  account_id: string;

  @ApiProperty({ enum: RECONCILIATION_STATUSES })
  status: string;

  @ApiProperty({ type: String, nullable: true, description: 'Why it failed.' })
  code: string | null;

  @ApiProperty({ type: 'integer' })
  runs: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  started_at: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finished_at: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  next_run_at: string | null;
}

export class ReconciliationSchema {
  @ApiProperty({ enum: ['reconciliation'] })
  object: 'reconciliation';

  @ApiProperty({ type: String })
  app: string;

  @ApiProperty({ type: String })
  provider: string;

  @ApiProperty({ type: String, format: 'date', description: "The provider's own day, in Beijing." })
  date: string;

  @ApiProperty({ enum: RECONCILIATION_STATUSES, description: 'Of all accounts together: ready when each is.' })
  status: string;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Lines that agree; null until it is ready.' })
  matched: number | null;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' }, description: 'Differences by kind.' })
  found: Readonly<Record<string, number>>;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Differences that are left to people.' })
  remaining: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Lines of what is under way here.' })
  in_flight: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Of ours, what only another day’s statement can tell.' })
  waiting: number | null;

  @ApiProperty({ type: TallySchema, nullable: true })
  sums: TallySchema | null;

  @ApiProperty({ type: [AccountDaySchema] })
  accounts: readonly AccountDaySchema[];
}

export class ReconciliationReportSchema extends ReconciliationSchema {
  @ApiProperty({ type: [DifferenceSchema] })
  differences: readonly DifferenceSchema[];

  @ApiProperty({ type: Boolean, description: 'There are more: ask with after, the id of the last one.' })
  has_more: boolean;
}

export class ReconciliationListSchema {
  @ApiProperty({ enum: ['list'] })
  object: 'list';

  @ApiProperty({ type: [ReconciliationSchema] })
  data: readonly ReconciliationSchema[];
}

/** A day for programs, or as a page for people. */
export const AnswersReport = (): MethodDecorator =>
  applyDecorators(
    ApiExtraModels(ReconciliationReportSchema),
    ApiOkResponse({
      content: {
        'application/json': { schema: { $ref: getSchemaPath(ReconciliationReportSchema) } },
        'text/html': { schema: { type: 'string' } },
      },
    }),
  );
