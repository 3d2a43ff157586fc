import { KEY_ROLES } from '@hutong/payment-core';
import { ApiProperty } from '@nestjs/swagger';

export class LocalTextSchema {
  @ApiProperty({ type: String })
  'zh-CN': string;

  @ApiProperty({ type: String })
  en: string;
}

export class BrandingSchema {
  @ApiProperty({ type: String, example: '#ff5000' })
  color: string;

  @ApiProperty({ type: String, example: '特' })
  mark: string;
}

export class AppSchema {
  @ApiProperty({ type: String, example: 'taote' })
  id: string;

  @ApiProperty({ enum: ['app'] })
  object: 'app';

  @ApiProperty({ type: LocalTextSchema })
  name: LocalTextSchema;

  @ApiProperty({ type: BrandingSchema })
  branding: BrandingSchema;

  @ApiProperty({ type: [String] })
  return_origins: readonly string[];
}

export class AppListSchema {
  @ApiProperty({ enum: ['list'] })
  object: 'list';

  @ApiProperty({ type: [AppSchema] })
  data: AppSchema[];
}

export class SeedChangeSchema {
  @ApiProperty({ enum: ['app', 'account', 'options'] })
  kind: string;

  @ApiProperty({ enum: ['create', 'update', 'retire'] })
  action: string;

  @ApiProperty({ type: String })
  what: string;

  @ApiProperty({ type: [String], description: 'One line per difference; never the value of a setting.' })
  details: readonly string[];
}

export class SeedChangesSchema {
  @ApiProperty({ type: [SeedChangeSchema] })
  changes: readonly SeedChangeSchema[];
}

export class KeySchema {
  @ApiProperty({ type: String })
  id: string;

  @ApiProperty({ enum: ['key'] })
  object: 'key';

  @ApiProperty({ type: String, nullable: true })
  app: string | null;

  @ApiProperty({ enum: KEY_ROLES })
  role: string;

  @ApiProperty({ type: String, description: 'The head of the key.' })
  prefix: string;

  @ApiProperty({ type: String, format: 'date-time' })
  created_at: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  revoked_at: string | null;
}

export class MadeKeySchema extends KeySchema {
  @ApiProperty({ type: String, description: 'Shown this once.' })
  key: string;
}

export class KeyListSchema {
  @ApiProperty({ enum: ['list'] })
  object: 'list';

  @ApiProperty({ type: [KeySchema] })
  data: KeySchema[];
}

export class RevokedKeySchema {
  @ApiProperty({ type: String })
  id: string;

  @ApiProperty({ enum: ['key'] })
  object: 'key';

  @ApiProperty({ type: Boolean })
  revoked: boolean;
}

export class AppDocumentSchema {
  @ApiProperty({ enum: ['app_document'] })
  object: 'app_document';

  @ApiProperty({ type: 'integer', description: 'Of the options.' })
  version: number;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'As in a seed file, each account with settings.',
  })
  document: object;

  @ApiProperty({ type: [String], description: 'JSON Pointers of the secret settings that are not in it.' })
  withheld: readonly string[];
}
