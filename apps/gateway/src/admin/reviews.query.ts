import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { PageLimit } from '../http/page-limit.js';

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

  @PageLimit(500, 100)
  limit: number = 100;
}
