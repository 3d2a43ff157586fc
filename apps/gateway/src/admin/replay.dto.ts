import type { ReplaySource } from '@hutong/payment-core';
import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, ValidateNested } from 'class-validator';
import { MayBeAbsent } from '../http/may-be-absent.js';
import { IsMoment } from '../http/moment.validator.js';
import { Refusal } from '../http/refusal.js';
import { checkoutOfQuery, PaymentMethodsQuery } from '../methods/payment-methods.query.js';

const MOST_CHECKOUTS = 500;

export class ReplayCheckoutDto extends OmitType(PaymentMethodsQuery, ['explain'] as const) {
  @ApiPropertyOptional({ format: 'date-time', description: 'When it was; now without it.' })
  @MayBeAbsent()
  @IsMoment()
  at?: string;
}

/** Checkouts of a time that payers saw (`from`, `until`), or `checkouts` that the caller brings. */
export class ReplayDto {
  @ApiProperty({ type: 'object', additionalProperties: true, description: '`providers`, `options` and `order`.' })
  @IsObject({ message: 'must be an object' })
  against: object;

  @ApiPropertyOptional({ format: 'date-time' })
  @MayBeAbsent()
  @IsMoment()
  from?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  @MayBeAbsent()
  @IsMoment()
  until?: string;

  @ApiPropertyOptional({ type: [ReplayCheckoutDto], maxItems: MOST_CHECKOUTS })
  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_CHECKOUTS)
  @ValidateNested({ each: true })
  @Type(() => ReplayCheckoutDto)
  checkouts?: ReplayCheckoutDto[];
}

/** @throws Refusal 400 unless it is a range, or checkouts, and not both */
export function replaySource({ from, until, checkouts }: ReplayDto): ReplaySource {
  if (checkouts !== undefined && from === undefined && until === undefined) {
    return { checkouts: checkouts.map((it) => ({ ...checkoutOfQuery(it), ...(it.at && { now: new Date(it.at) }) })) };
  }
  if (checkouts === undefined && from !== undefined && until !== undefined && Date.parse(from) < Date.parse(until)) {
    return { from: new Date(from), until: new Date(until) };
  }
  throw new Refusal(400, 'invalid_request', 'Send from and until, the later one second, or checkouts.');
}
