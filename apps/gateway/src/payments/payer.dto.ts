import type { PayerFacts } from '@hutong/payment-core';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIP, IsString, Length, Matches } from 'class-validator';
import { MayBeAbsent } from '../http/may-be-absent.js';

/** No control characters, no lone surrogates: databases take neither. */
const ONE_LINE = /^[^\p{Cc}\p{Cs}]*$/u;

export class PayerDto {
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

  @ApiPropertyOptional()
  @MayBeAbsent()
  @IsString()
  @Length(1, 512)
  @Matches(ONE_LINE, { message: 'must be one line of text' })
  user_agent?: string;

  @ApiPropertyOptional({
    description: "The payer's id at the wallet for this app id; wallet browsers and mini-programs need it.",
  })
  @MayBeAbsent()
  @Matches(/^[\w-]{1,128}$/, { message: 'must be 1 to 128 letters, digits, _ or -' })
  openid?: string;
}

export function payerFacts(payer: PayerDto): PayerFacts {
  const { id, ip, openid, user_agent: userAgent } = payer;
  return {
    ...(id === undefined ? {} : { id }),
    ...(ip === undefined ? {} : { ip }),
    ...(openid === undefined ? {} : { openid }),
    ...(userAgent === undefined ? {} : { userAgent }),
  };
}
