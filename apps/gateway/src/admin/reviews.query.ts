import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { wholeNumber } from '../methods/payment-methods.query.js';

const STATUSES = ['open', 'resolved'] as const;

export class ReviewsQuery {
  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @Matches(/^[a-z][a-z0-9_]{1,31}$/, { message: 'must be the id of an app' })
  app?: string;

  @ApiPropertyOptional({ enum: STATUSES, description: 'Both when it is left out.' })
  @IsOptional()
  @IsIn(STATUSES, { message: `must be one of: ${STATUSES.join(', ')}` })
  status?: (typeof STATUSES)[number];

  @ApiPropertyOptional({ type: String, description: 'The id of the last review that you have.' })
  @IsOptional()
  @Matches(/^evt_\w{8,40}$/, { message: 'must be the id of a review' })
  after?: string;

  @ApiPropertyOptional({ type: 'integer', default: 100, minimum: 1, maximum: 500 })
  @IsOptional()
  @Transform(wholeNumber)
  @IsInt({ message: 'must be a number from 1 to 500' })
  @Min(1)
  @Max(500)
  limit: number = 100;
}
