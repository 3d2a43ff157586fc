import { ApiProperty } from '@nestjs/swagger';

export class AccountSchema {
  @ApiProperty({ type: String })
  id: string;

  @ApiProperty({ enum: ['account'] })
  object: 'account';

  @ApiProperty({ type: String })
  app: string;

  @ApiProperty({ type: String, example: 'wechat_pay' })
  provider: string;

  @ApiProperty({ type: String, description: "The seed's name for it." })
  ref: string;

  @ApiProperty({ type: 'integer' })
  version: number;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'In the words of its provider, without the secret ones.',
  })
  settings: Readonly<Record<string, unknown>>;

  @ApiProperty({ type: [String], description: 'Names of the secret settings that it has.' })
  secrets: readonly string[];

  @ApiProperty({ type: String, format: 'date-time', description: 'Of this version.' })
  created_at: string;
}

export class AccountListSchema {
  @ApiProperty({ enum: ['list'] })
  object: 'list';

  @ApiProperty({ type: [AccountSchema] })
  data: AccountSchema[];
}

export class AccountChangeSchema {
  @ApiProperty({ type: AccountSchema, description: 'As it is now; after a dry run, as it was.' })
  account: AccountSchema;

  @ApiProperty({ type: [String], description: 'Names of the settings that differ; never their values.' })
  changed: readonly string[];
}

export class SignerSchema {
  @ApiProperty({ enum: ['certificate', 'public_key'] })
  kind: 'certificate' | 'public_key';

  @ApiProperty({ type: String, description: 'As messages name it: a serial number, or the id of a public key.' })
  name: string;
}

export class AccountCheckSchema {
  @ApiProperty({ type: SignerSchema })
  signed_by: SignerSchema;
}
