import { isDay, MAX_DIFFERENCES } from '@hutong/payment-core';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches, ValidateBy } from 'class-validator';
import { PageLimit } from '../http/page-limit.js';

const IsDay = (): PropertyDecorator =>
  ValidateBy({
    name: 'isDay',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isDay(value),
      defaultMessage: () => 'must be a day in Beijing, such as 2026-11-22',
    },
  });

/** Which page of a day's differences. */
export class DifferencesQuery {
  @ApiPropertyOptional({ type: String, description: 'The id of the last difference that you have.' })
  @IsOptional()
  @Matches(/^dif_\w{1,40}$/, { message: 'must be the id of a difference' })
  after?: string;

  @PageLimit(MAX_DIFFERENCES)
  limit: number = MAX_DIFFERENCES;
}

export class ReconciliationsQuery {
  @ApiPropertyOptional({ type: String, example: 'wechat_pay' })
  @IsOptional()
  @Matches(/^[a-z][a-z0-9_]{1,31}$/, { message: 'must be the id of a provider' })
  provider?: string;

  @ApiPropertyOptional({
    type: String,
    format: 'date',
    description: 'The first day; thirty days before `to` if left out.',
  })
  @IsOptional()
  @IsDay()
  from?: string;

  @ApiPropertyOptional({ type: String, format: 'date', description: 'The last day; today if left out.' })
  @IsOptional()
  @IsDay()
  to?: string;
}
