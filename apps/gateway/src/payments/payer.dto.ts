import type { PayerFacts } from '@hutong/payment-core';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIP, IsString, Length, Matches } from 'class-validator';
import { MayBeAbsent } from '../http/may-be-absent.js';
import { AreSegments } from '../methods/segments.validator.js';
import { ONE_LINE, whereabouts, WhereaboutsDto } from '../methods/whereabouts.dto.js';

export class PayerDto extends WhereaboutsDto {
  @ApiPropertyOptional({ description: "The merchant's own id of the payer." })
  @MayBeAbsent()
  @IsString()
  @Length(1, 64)
  @Matches(ONE_LINE, { message: 'must be one line of text' })
  id?: string;

  @ApiPropertyOptional({ description: "The payer's address; mobile_web with WeChat Pay needs it." })
  @MayBeAbsent()
  @IsIP(undefined, { message: 'must be one IPv4 or IPv6 address' })
  ip?: string;

  @ApiPropertyOptional({
    description: "The payer's id at the wallet for this app id; wallet browsers and mini-programs need it.",
  })
  @MayBeAbsent()
  @Matches(/^[\w-]{1,128}$/, { message: 'must be 1 to 128 letters, digits, _ or -' })
  openid?: string;

  @ApiPropertyOptional({ type: [String], description: 'Groups that you count the payer to; options may go by them.' })
  @MayBeAbsent()
  @AreSegments()
  segments?: string[];
}

export function payerFacts(payer: PayerDto): PayerFacts {
  const { id, ip, openid, segments } = payer;
  return {
    ...(id !== undefined && { id }),
    ...(ip !== undefined && { ip }),
    ...(openid !== undefined && { openid }),
    ...(segments !== undefined && { segments }),
    ...whereabouts(payer),
  };
}
