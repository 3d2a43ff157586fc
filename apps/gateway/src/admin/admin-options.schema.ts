import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class OptionVersionSchema {
  @ApiProperty({ type: 'integer' })
  version: number;

  @ApiProperty({ type: String, description: 'The head of the key, or the name of what acted by itself.' })
  author: string;

  @ApiProperty({ type: String, nullable: true })
  reason: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  created_at: string;
}

export class OptionVersionListSchema {
  @ApiProperty({ enum: ['list'] })
  object: 'list';

  @ApiProperty({ type: [OptionVersionSchema] })
  data: OptionVersionSchema[];
}

export class OptionsSchema extends OptionVersionSchema {
  @ApiProperty({ enum: ['options'] })
  object: 'options';

  @ApiProperty({ type: String })
  app: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'Rules above the options, as in a seed file.',
  })
  providers: object;

  @ApiProperty({ type: 'array', items: { type: 'object' }, description: 'In the order that the payer sees.' })
  options: readonly object[];

  @ApiProperty({ type: 'array', items: { type: 'object' } })
  order: readonly object[];

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'How shared pages open inside a chat app, as in a seed file; the default policy when absent.',
  })
  links?: object;
}

export class ChangedOptionsSchema {
  @ApiProperty({ type: 'integer', description: 'The version in force.' })
  version: number;

  @ApiProperty({ type: [String], description: 'One line per difference; without any, no version was made.' })
  differences: readonly string[];
}

export class ReplayExampleSchema {
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'The facts of the checkout.' })
  facts: object;

  @ApiProperty({ type: [String] })
  before: readonly string[];

  @ApiProperty({ type: [String] })
  after: readonly string[];
}

const COUNTS = { type: 'object', additionalProperties: { type: 'integer' } } as const;

export class ReplayReportSchema {
  @ApiProperty({ type: 'integer' })
  checkouts: number;

  @ApiProperty({ type: 'integer', description: 'Those whose payers would have seen something else.' })
  changed: number;

  @ApiProperty({ ...COUNTS, description: 'Per method: checkouts in which it would be shown where it was not.' })
  appear: Readonly<Record<string, number>>;

  @ApiProperty({ ...COUNTS, description: 'Per method: checkouts in which it would be gone.' })
  vanish: Readonly<Record<string, number>>;

  @ApiProperty({ ...COUNTS, description: 'Per method: checkouts in which it would stand in another place.' })
  move: Readonly<Record<string, number>>;

  @ApiProperty({ type: [ReplayExampleSchema], description: 'The first ten that would change.' })
  examples: ReplayExampleSchema[];
}
