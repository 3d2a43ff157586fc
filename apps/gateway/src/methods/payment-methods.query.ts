import { environmentOf, type Checkout } from '@hutong/payment-core';
import { CURRENCIES, MAX_AMOUNT, SCENES, type Currency, type Scene } from '@hutong/payment-port';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { MayBeAbsent } from '../http/may-be-absent.js';
import { wholeNumber } from '../http/whole-number.js';
import { AreSegments } from './segments.validator.js';
import { whereabouts, WhereaboutsDto } from './whereabouts.dto.js';

/** `vip,new` in an address. Most name one, and splitting costs as much as a rule of the policy. */
const commaList = ({ value }: { value: unknown }): unknown => {
  if (typeof value !== 'string') return value;
  return value.includes(',') ? value.split(',') : [value];
};

export class PaymentMethodsQuery extends WhereaboutsDto {
  /** Minor units (fen). */
  @ApiProperty({ example: 1299 })
  @Transform(wholeNumber)
  @IsInt({ message: 'must be an integer of minor units, such as 1299' })
  @Min(1)
  @Max(MAX_AMOUNT)
  amount: number;

  @ApiPropertyOptional({ enum: CURRENCIES, default: 'CNY' })
  @IsOptional()
  @IsIn(CURRENCIES)
  currency: Currency = 'CNY';

  @ApiProperty({ enum: SCENES })
  @IsIn(SCENES)
  scene: Scene;

  @ApiPropertyOptional({ description: "The merchant's own id of the payer: rollouts and testers go by it." })
  @IsOptional()
  @IsString()
  @Length(1, 64)
  payer_id?: string;

  @ApiPropertyOptional({ type: String, example: 'vip,new', description: 'Groups that you count the payer to.' })
  @MayBeAbsent()
  @Transform(commaList)
  @AreSegments()
  segments?: string[];

  @ApiPropertyOptional({ enum: ['true', 'false'] })
  @IsOptional()
  @IsIn(['true', 'false'])
  explain?: 'true' | 'false';
}

/** The question as the policy is asked it. */
export function checkoutOfQuery(query: PaymentMethodsQuery): Checkout {
  const { amount, currency, scene, payer_id: payerId, segments } = query;
  const { clientVersion, ...stands } = whereabouts(query);
  const environment = environmentOf(stands);
  return {
    amount,
    currency,
    scene,
    ...(payerId !== undefined && { payerId }),
    ...(segments !== undefined && { segments }),
    ...(clientVersion !== undefined && { clientVersion }),
    ...(environment && { environment }),
  };
}
