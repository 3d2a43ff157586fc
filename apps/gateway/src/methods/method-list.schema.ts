import { REASONS } from '@hutong/payment-core';
import { METHOD_KINDS } from '@hutong/payment-port';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class MethodSchema {
  @ApiProperty({ type: String, example: 'wechat_pay' })
  method: string;

  @ApiProperty({ type: 'integer', description: '1, 2, 3 … in the order the payer sees.' })
  position: number;

  @ApiProperty({ type: String })
  title: string;

  @ApiProperty({ enum: METHOD_KINDS })
  kind: string;

  @ApiProperty({ type: String, nullable: true })
  help: string | null;

  @ApiProperty({ type: String, nullable: true })
  badge: string | null;

  @ApiProperty({ type: Boolean })
  preselected: boolean;

  @ApiProperty({ type: Boolean, description: 'Below "more ways to pay".' })
  folded: boolean;
}

export class ExcludedSchema {
  @ApiProperty({ type: String })
  method: string;

  @ApiProperty({ enum: REASONS })
  reason: string;

  @ApiProperty({ type: String })
  message: string;
}

export class RuleTraceSchema {
  @ApiProperty({ enum: REASONS })
  rule: string;

  @ApiProperty({ type: Boolean, description: 'True when it stands in the way.' })
  holds: boolean;

  @ApiProperty({ type: String })
  detail: string;
}

export class TraceSchema {
  @ApiProperty({ type: String })
  method: string;

  @ApiProperty({ type: Boolean })
  shown: boolean;

  @ApiProperty({ type: 'integer', nullable: true })
  position: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'The place in a rollout, 0 … 99.99.' })
  bucket: number | null;

  @ApiProperty({ type: [RuleTraceSchema] })
  rules: readonly RuleTraceSchema[];
}

export class MethodListSchema {
  @ApiProperty({ enum: ['list'] })
  object: 'list';

  @ApiProperty({ type: 'integer', description: "The version of the app's options that decided." })
  config_version: number;

  @ApiProperty({ type: [MethodSchema] })
  data: MethodSchema[];

  @ApiPropertyOptional({ type: [ExcludedSchema], description: 'With explain=true.' })
  excluded?: ExcludedSchema[];

  @ApiPropertyOptional({ type: [TraceSchema], description: 'With explain=true: every known method exactly once.' })
  trace?: TraceSchema[];
}
