import { ApiProperty } from '@nestjs/swagger';

export class HoldSchema {
  @ApiProperty({ type: String, format: 'date-time' })
  held_at: string;

  @ApiProperty({ enum: ['guardrail', 'admin'] })
  cause: string;

  @ApiProperty({ type: 'integer', description: 'Attempts of the step that were paid until then.' })
  paid: number;

  @ApiProperty({ type: 'integer', description: 'Attempts of the step that failed until then.' })
  failed: number;
}

export class RolloutSchema {
  @ApiProperty({ enum: ['rollout'] })
  object: 'rollout';

  @ApiProperty({ type: String })
  method: string;

  @ApiProperty({ type: 'integer', description: 'Of the payers, now.' })
  percent: number;

  @ApiProperty({ type: HoldSchema, nullable: true })
  hold: HoldSchema | null;
}

export class RolloutListSchema {
  @ApiProperty({ enum: ['list'] })
  object: 'list';

  @ApiProperty({ type: [RolloutSchema] })
  data: RolloutSchema[];
}
