import { isClientVersion, type PayerFacts } from '@hutong/payment-core';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, IsUrl, Length, Matches, ValidateBy } from 'class-validator';
import { MayBeAbsent } from '../http/may-be-absent.js';

/** No control characters, no lone surrogates: databases take neither. */
export const ONE_LINE = /^[^\p{Cc}\p{Cs}]*$/u;

/** The tokens of the Referrer Policy specification of the W3C. */
const REFERRER_POLICIES = [
  'no-referrer',
  'no-referrer-when-downgrade',
  'origin',
  'origin-when-cross-origin',
  'same-origin',
  'strict-origin',
  'strict-origin-when-cross-origin',
  'unsafe-url',
];

/** Where the payer stands. All of it is optional: what is not told stands in no option's way, except a least client version. */
export class WhereaboutsDto {
  @ApiPropertyOptional({ description: "Of the payer's browser or web view; some options work in some only." })
  @MayBeAbsent()
  @IsString()
  @Length(1, 512)
  @Matches(ONE_LINE, { message: 'must be one line of text' })
  user_agent?: string;

  @ApiPropertyOptional({ example: '8.2.0', description: 'The version of your client that the payer uses.' })
  @MayBeAbsent()
  @IsClientVersion()
  client_version?: string;

  @ApiPropertyOptional({ description: "Your client's own id at the wallet: its mobile app's or its mini-program's." })
  @MayBeAbsent()
  @Matches(/^[\w-]{1,64}$/, { message: 'must be 1 to 64 letters, digits, _ or -' })
  client_app_id?: string;

  @ApiPropertyOptional({ description: 'Address of the page that shows the options; wallets check its domain.' })
  @MayBeAbsent()
  @Length(8, 2_048)
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false }, { message: 'must be a URL' })
  page_url?: string;

  @ApiPropertyOptional({ enum: REFERRER_POLICIES, description: 'The `Referrer-Policy` of that page.' })
  @MayBeAbsent()
  @IsIn(REFERRER_POLICIES)
  referrer_policy?: string;
}

function IsClientVersion(): PropertyDecorator {
  return ValidateBy({
    name: 'isClientVersion',
    validator: {
      validate: (value) => typeof value === 'string' && isClientVersion(value),
      defaultMessage: () => 'must be a version of up to four numbers, such as 8.2.0',
    },
  });
}

type Whereabouts = Pick<PayerFacts, 'userAgent' | 'clientVersion' | 'clientAppId' | 'pageUrl' | 'referrerPolicy'>;

/** In the core's words, what was not told left out. */
export function whereabouts(dto: WhereaboutsDto): Whereabouts {
  return {
    ...(dto.user_agent !== undefined && { userAgent: dto.user_agent }),
    ...(dto.client_version !== undefined && { clientVersion: dto.client_version }),
    ...(dto.client_app_id !== undefined && { clientAppId: dto.client_app_id }),
    ...(dto.page_url !== undefined && { pageUrl: dto.page_url }),
    ...(dto.referrer_policy !== undefined && { referrerPolicy: dto.referrer_policy }),
  };
}
