import { SCENES } from '@hutong/payment-port';
import { ApiProperty } from '@nestjs/swagger';
import { ExcludedSchema, TraceSchema } from './method-list.schema.js';

export class ImpressionSchema {
  @ApiProperty({ type: String })
  id: string;

  @ApiProperty({ enum: ['impression'] })
  object: 'impression';

  @ApiProperty({ type: String, format: 'date-time' })
  shown_at: string;

  @ApiProperty({ type: 'integer', description: "The version of the app's options that decided." })
  config_version: number;

  @ApiProperty({ enum: SCENES })
  scene: string;

  @ApiProperty({ type: [String], description: 'Methods in the order that the payer saw.' })
  shown: readonly string[];

  @ApiProperty({ type: [ExcludedSchema] })
  excluded: ExcludedSchema[];

  @ApiProperty({ type: [TraceSchema], description: 'Every known method exactly once.' })
  trace: TraceSchema[];
}

export class ImpressionListSchema {
  @ApiProperty({ enum: ['list'] })
  object: 'list';

  @ApiProperty({ type: [ImpressionSchema] })
  data: ImpressionSchema[];
}
