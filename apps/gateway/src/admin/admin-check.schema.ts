import { ApiProperty } from '@nestjs/swagger';

export class InvariantSchema {
  @ApiProperty({ enum: ['invariant'] })
  object: 'invariant';

  @ApiProperty({ type: String, example: 'I-03' })
  id: string;

  @ApiProperty({ type: String, description: 'What must hold.' })
  sentence: string;
}

export class InvariantListSchema {
  @ApiProperty({ enum: ['list'] })
  object: 'list';

  @ApiProperty({ type: [InvariantSchema] })
  data: InvariantSchema[];
}

export class ViolationSchema {
  @ApiProperty({ enum: ['violation'] })
  object: 'violation';

  @ApiProperty({ type: String, description: 'Of the row that breaks it.' })
  id: string;

  @ApiProperty({ type: String, description: 'What is wrong with it.' })
  detail: string;
}

export class ViolationListSchema {
  @ApiProperty({ enum: ['list'] })
  object: 'list';

  @ApiProperty({ type: [ViolationSchema], description: 'A page that is not full is the last.' })
  data: ViolationSchema[];
}

export class LedgerRefundSchema {
  @ApiProperty({ type: String })
  reference: string;

  @ApiProperty({ type: 'integer' })
  amount: number;

  @ApiProperty({ type: String })
  status: string;
}

export class LedgerLineSchema {
  @ApiProperty({ enum: ['ledger_line'] })
  object: 'ledger_line';

  @ApiProperty({ type: String, description: 'Our number at the provider.' })
  reference: string;

  @ApiProperty({ type: String })
  provider: string;

  @ApiProperty({ type: String })
  payment_id: string;

  @ApiProperty({ type: String, description: 'Of the attempt.' })
  status: string;

  @ApiProperty({ type: 'integer', description: 'Minor units that are proven to have come.' })
  captured: number;

  @ApiProperty({ type: [LedgerRefundSchema] })
  refunds: LedgerRefundSchema[];
}

export class LedgerSchema {
  @ApiProperty({ enum: ['list'] })
  object: 'list';

  @ApiProperty({ type: [LedgerLineSchema], description: 'By reference; a page that is not full is the last.' })
  data: LedgerLineSchema[];
}
