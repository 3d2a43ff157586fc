import { DEFAULT_OVERLAP_HOURS, WEBHOOK_EVENT_TYPES, type WebhookEventType } from '@hutong/payment-core';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';
import { MayBeAbsent } from '../http/may-be-absent.js';

const TYPES = { each: true, message: `must be among ${WEBHOOK_EVENT_TYPES.join(', ')}` };
const LINE = { message: 'must be one line of visible text' };

export class CreateWebhookEndpointDto {
  @ApiProperty({
    example: 'https://shop.example/hutong',
    description: 'https; outside production also http and loopback.',
  })
  @IsString()
  @Length(1, 2_048)
  url: string;

  @ApiPropertyOptional({ enum: WEBHOOK_EVENT_TYPES, isArray: true, description: 'Left out or empty: every type.' })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(WEBHOOK_EVENT_TYPES.length)
  @ArrayUnique({ message: 'must name each type once' })
  @IsIn(WEBHOOK_EVENT_TYPES, TYPES)
  event_types?: WebhookEventType[];

  @ApiPropertyOptional()
  @MayBeAbsent()
  @IsString()
  @Length(1, 200)
  @Matches(/^[^\p{Cc}\p{Cs}]*$/u, LINE)
  description?: string;

  @ApiPropertyOptional({ default: true })
  @MayBeAbsent()
  @IsBoolean()
  enabled?: boolean;
}

export class ChangeWebhookEndpointDto {
  @ApiPropertyOptional({ example: 'https://shop.example/hutong' })
  @MayBeAbsent()
  @IsString()
  @Length(1, 2_048)
  url?: string;

  @ApiPropertyOptional({ enum: WEBHOOK_EVENT_TYPES, isArray: true, description: 'Empty: every type.' })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(WEBHOOK_EVENT_TYPES.length)
  @ArrayUnique({ message: 'must name each type once' })
  @IsIn(WEBHOOK_EVENT_TYPES, TYPES)
  event_types?: WebhookEventType[];

  @ApiPropertyOptional({ type: String, nullable: true, description: 'Null takes it away.' })
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsString()
  @Length(1, 200)
  @Matches(/^[^\p{Cc}\p{Cs}]*$/u, LINE)
  description?: string | null;

  @ApiPropertyOptional({ description: 'Disabling gives up what is on its way.' })
  @MayBeAbsent()
  @IsBoolean()
  enabled?: boolean;
}

export class RotateSecretDto {
  @ApiPropertyOptional({
    type: 'integer',
    default: DEFAULT_OVERLAP_HOURS,
    minimum: 0,
    maximum: 168,
    description: 'How long the secret before this one goes on signing; 0 ends every older one at once.',
  })
  @MayBeAbsent()
  @IsInt({ message: 'must be whole hours, 0 to 168' })
  @Min(0)
  @Max(168)
  overlap_hours?: number;
}
