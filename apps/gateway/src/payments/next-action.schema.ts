import { CLIENT_SDKS } from '@hutong/payment-port';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

abstract class Expiring {
  @ApiProperty({ type: String, format: 'date-time', description: "Never later than the payment's own expiry." })
  expires_at: string;
}

export class InvokeSdkSchema extends Expiring {
  @ApiProperty({ enum: ['invoke_sdk'] })
  type: 'invoke_sdk';

  @ApiProperty({ enum: CLIENT_SDKS })
  sdk: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: "Goes to the wallet's SDK untouched.",
  })
  params: Readonly<Record<string, string>>;
}

export class RedirectSchema extends Expiring {
  @ApiProperty({ enum: ['redirect'] })
  type: 'redirect';

  @ApiProperty({ type: String, format: 'uri' })
  url: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'With it: POST these fields.',
  })
  form?: Readonly<Record<string, string>>;
}

export class ShowQrCodeSchema extends Expiring {
  @ApiProperty({ enum: ['show_qr_code'] })
  type: 'show_qr_code';

  @ApiProperty({ type: String, description: 'Opaque: drawn as it is.' })
  content: string;
}

export class ShareLinkSchema extends Expiring {
  @ApiProperty({ enum: ['share_link'] })
  type: 'share_link';

  @ApiProperty({ type: String, format: 'uri' })
  url: string;

  @ApiProperty({ type: String })
  text: string;
}

export class AwaitPayerSchema extends Expiring {
  @ApiProperty({ enum: ['await_payer'] })
  type: 'await_payer';

  @ApiProperty({
    type: 'integer',
    description: 'The payer confirms in the wallet. Ask for the payment with refresh=true after so long, and again.',
  })
  poll_after_ms: number;
}

export class NoActionSchema extends Expiring {
  @ApiProperty({ enum: ['none'] })
  type: 'none';
}

/** What the client does next, by the `type` that it switches on. */
export const NEXT_ACTION_SCHEMAS = {
  invoke_sdk: InvokeSdkSchema,
  redirect: RedirectSchema,
  show_qr_code: ShowQrCodeSchema,
  share_link: ShareLinkSchema,
  await_payer: AwaitPayerSchema,
  none: NoActionSchema,
} as const;

export type NextActionSchema = InstanceType<(typeof NEXT_ACTION_SCHEMAS)[keyof typeof NEXT_ACTION_SCHEMAS]>;
