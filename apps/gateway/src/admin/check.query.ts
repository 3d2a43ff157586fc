import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { wholeNumber } from '../http/whole-number.js';
import { PageLimit } from '../http/page-limit.js';

export class LedgerQuery {
  @ApiPropertyOptional({ type: String, description: 'The last id or reference that you have.' })
  @IsOptional()
  @Matches(/^[\w. :-]{0,200}$/, { message: 'must be an id or a reference' })
  after: string = '';

  @PageLimit(500)
  limit: number = 500;
}

export class CheckQuery extends LedgerQuery {
  @ApiPropertyOptional({
    type: 'integer',
    default: 600,
    minimum: 0,
    maximum: 31_536_000,
    description: 'Seconds that something may be overdue before it counts as stuck.',
  })
  @IsOptional()
  @Transform(wholeNumber)
  @IsInt({ message: 'must be seconds' })
  @Min(0)
  @Max(31_536_000)
  horizon: number = 600;
}
