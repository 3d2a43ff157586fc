import { SIGNATURE_CAUSES } from '@hutong/payment-port';
import { ApiProperty } from '@nestjs/swagger';

export class FindingSchema {
  @ApiProperty({ enum: SIGNATURE_CAUSES })
  cause: string;

  @ApiProperty({ type: String })
  says: string;

  @ApiProperty({ type: String })
  try: string;
}

export class DiagnosisSchema {
  @ApiProperty({ enum: ['diagnosis'] })
  object: 'diagnosis';

  @ApiProperty({ type: Boolean, description: 'Nothing is wrong with the message under this account.' })
  holds: boolean;

  @ApiProperty({ type: [FindingSchema], description: 'The likeliest first.' })
  findings: readonly FindingSchema[];

  @ApiProperty({ type: String, nullable: true, description: 'What the signature should be over, secrets masked.' })
  expected: string | null;
}

export class AccountCheckSchema {
  @ApiProperty({ type: String, example: 'signed query' })
  name: string;

  @ApiProperty({ type: Boolean })
  ok: boolean;

  @ApiProperty({ type: String })
  says: string;

  @ApiProperty({ type: String, nullable: true })
  try: string | null;
}

export class AccountReportSchema {
  @ApiProperty({ type: String })
  app: string;

  @ApiProperty({ type: String })
  provider: string;

  @ApiProperty({ type: String })
  ref: string;

  @ApiProperty({ type: Number })
  version: number;

  @ApiProperty({ type: [AccountCheckSchema] })
  checks: AccountCheckSchema[];
}

export class AccountReportListSchema {
  @ApiProperty({ enum: ['list'] })
  object: 'list';

  @ApiProperty({ type: [AccountReportSchema] })
  data: AccountReportSchema[];
}
