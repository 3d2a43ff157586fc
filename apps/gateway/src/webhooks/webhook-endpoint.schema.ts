import { DISABLED_REASONS, WEBHOOK_EVENT_TYPES } from '@hutong/payment-core';
import { ApiProperty } from '@nestjs/swagger';

export class WebhookKeySchema {
  @ApiProperty({ type: String })
  id: string;

  @ApiProperty({
    type: String,
    description: '`whpk_` and the 32 bytes of an ed25519 public key as base64: verifies `v1a` entries.',
  })
  public_key: string;

  @ApiProperty({ type: String, format: 'date-time' })
  created_at: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'It signs until then; null: until the next rotation.',
  })
  expires_at: string | null;
}

export class WebhookEndpointSchema {
  @ApiProperty({ type: String, example: 'whe_0mgk2x1vQ7sJ4n8LzYtR2bWcKd' })
  id: string;

  @ApiProperty({ enum: ['webhook_endpoint'] })
  object: 'webhook_endpoint';

  @ApiProperty({ type: String, description: 'In its canonical form.' })
  url: string;

  @ApiProperty({
    enum: WEBHOOK_EVENT_TYPES,
    isArray: true,
    description: 'Empty: every type, those of later versions too.',
  })
  event_types: readonly string[];

  @ApiProperty({ type: String, nullable: true })
  description: string | null;

  @ApiProperty({ type: Boolean })
  enabled: boolean;

  @ApiProperty({
    enum: DISABLED_REASONS,
    nullable: true,
    description: '`gone`: it answered 410. `failing`: nothing but failures for five days.',
  })
  disabled_reason: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'The first failure since the last success.',
  })
  failing_since: string | null;

  @ApiProperty({ type: [WebhookKeySchema], description: 'What signs now, newest first.' })
  keys: readonly WebhookKeySchema[];

  @ApiProperty({ type: String, format: 'date-time' })
  created_at: string;
}

/** The only answer in which the secret stands. */
export class KeyedWebhookEndpointSchema extends WebhookEndpointSchema {
  @ApiProperty({
    type: String,
    description: '`whsec_` and 32 bytes as base64: verifies `v1` entries. Shown this once.',
  })
  secret: string;

  @ApiProperty({ type: String, description: '`whpk_…` of the same key.' })
  public_key: string;
}

export class WebhookEndpointListSchema {
  @ApiProperty({ enum: ['list'] })
  object: 'list';

  @ApiProperty({ type: [WebhookEndpointSchema] })
  data: readonly WebhookEndpointSchema[];
}

export class DeletedWebhookEndpointSchema {
  @ApiProperty({ type: String })
  id: string;

  @ApiProperty({ enum: ['webhook_endpoint'] })
  object: 'webhook_endpoint';

  @ApiProperty({ type: Boolean })
  deleted: boolean;
}
