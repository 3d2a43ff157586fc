import { AUDIT_ACTIONS } from '@hutong/payment-core';
import { ApiProperty } from '@nestjs/swagger';

export class AuditEntrySchema {
  @ApiProperty({ enum: ['audit_entry'] })
  object: 'audit_entry';

  @ApiProperty({ type: 'integer', description: '1, 2, 3 … without a gap.' })
  sequence: number;

  @ApiProperty({ type: String, format: 'date-time' })
  at: string;

  @ApiProperty({ type: String, description: 'The head of the key, or the name of what acted by itself.' })
  actor: string;

  @ApiProperty({ enum: AUDIT_ACTIONS })
  action: string;

  @ApiProperty({ type: String, nullable: true })
  app: string | null;

  @ApiProperty({ type: String })
  subject: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  detail: object;

  @ApiProperty({ type: String, nullable: true })
  reason: string | null;

  @ApiProperty({ type: String })
  previous_hash: string;

  @ApiProperty({ type: String })
  hash: string;
}

export class AuditListSchema {
  @ApiProperty({ enum: ['list'] })
  object: 'list';

  @ApiProperty({ type: [AuditEntrySchema] })
  data: AuditEntrySchema[];
}

export class BrokenLinkSchema {
  @ApiProperty({ type: 'integer' })
  sequence: number;

  @ApiProperty({ enum: ['changed', 'unlinked', 'missing'] })
  why: string;
}

export class AuditVerificationSchema {
  @ApiProperty({ enum: ['audit_verification'] })
  object: 'audit_verification';

  @ApiProperty({ type: 'integer', description: 'Entries that were followed.' })
  entries: number;

  @ApiProperty({ type: Boolean })
  intact: boolean;

  @ApiProperty({ type: BrokenLinkSchema, nullable: true })
  broken: BrokenLinkSchema | null;
}
