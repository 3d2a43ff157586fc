import { EXPIRES_IN, type PaymentOrder } from '@hutong/payment-core';
import { CURRENCIES, MAX_AMOUNT, money, SCENES, type Currency, type Scene } from '@hutong/payment-port';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsObject, IsString, Length, Matches, Max, Min, ValidateNested } from 'class-validator';
import { MayBeAbsent } from '../http/may-be-absent.js';
import { CreateAttemptDto } from './create-attempt.dto.js';
import { IsMetadata } from './metadata.validator.js';
import { PayerDto, payerFacts } from './payer.dto.js';

/** One visible line: no control characters, no lone surrogates. */
const ONE_LINE = /^[^\p{Cc}\p{Cs}]*[^\p{Cc}\p{Cs}\s][^\p{Cc}\p{Cs}]*$/u;

export class CreatePaymentDto {
  @ApiProperty({ example: 'order-2026-0001', description: "The merchant's number; unique within the app for ever." })
  @Matches(/^[\w.:-]{1,64}$/, { message: 'must be 1 to 64 letters, digits or . _ : -' })
  order_no: string;

  @ApiProperty({ example: 1299, description: 'Minor units (fen).' })
  @IsInt({ message: 'must be an integer of minor units, such as 1299 for 12.99 yuan' })
  @Min(1)
  @Max(MAX_AMOUNT)
  amount: number;

  @ApiProperty({ enum: CURRENCIES })
  @IsIn(CURRENCIES)
  currency: Currency;

  @ApiProperty({
    example: '春笋 500 克',
    description: 'What the payer sees; a wire that takes fewer bytes gets its head.',
  })
  @IsString()
  @Length(1, 256)
  @Matches(ONE_LINE, { message: 'must be one line of visible text' })
  description: string;

  @ApiPropertyOptional({ enum: SCENES, description: 'When given, the answer carries the options of that scene.' })
  @MayBeAbsent()
  @IsIn(SCENES)
  scene?: Scene;

  @ApiPropertyOptional({ type: PayerDto })
  @MayBeAbsent()
  @IsObject({ message: 'must be an object' })
  @ValidateNested()
  @Type(() => PayerDto)
  payer?: PayerDto;

  @ApiPropertyOptional({ description: "Where the payer's browser goes afterwards; one of the app's return origins." })
  @MayBeAbsent()
  @IsString()
  @Length(8, 512)
  return_url?: string;

  @ApiPropertyOptional({
    minimum: EXPIRES_IN.min,
    maximum: EXPIRES_IN.max,
    default: EXPIRES_IN.default,
    description: 'Seconds.',
  })
  @MayBeAbsent()
  @IsInt({ message: 'must be an integer of seconds' })
  @Min(EXPIRES_IN.min)
  @Max(EXPIRES_IN.max)
  expires_in?: number;

  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'string' } })
  @MayBeAbsent()
  @IsMetadata()
  metadata?: Record<string, string>;

  @ApiPropertyOptional({ type: CreateAttemptDto, description: 'Create and start in one call.' })
  @MayBeAbsent()
  @IsObject({ message: 'must be an object' })
  @ValidateNested()
  @Type(() => CreateAttemptDto)
  attempt?: CreateAttemptDto;
}

export function paymentOrder(app: string, dto: CreatePaymentDto): PaymentOrder {
  return {
    app,
    orderNo: dto.order_no,
    amount: money(dto.amount, dto.currency),
    description: dto.description,
    ...(dto.scene === undefined ? {} : { scene: dto.scene }),
    ...(dto.payer === undefined ? {} : { payer: payerFacts(dto.payer) }),
    ...(dto.return_url === undefined ? {} : { returnUrl: dto.return_url }),
    ...(dto.expires_in === undefined ? {} : { expiresIn: dto.expires_in }),
    ...(dto.metadata === undefined ? {} : { metadata: dto.metadata }),
  };
}
