import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Matches, Min } from 'class-validator';
import { wholeNumber } from '../http/whole-number.js';
import { PageLimit } from '../http/page-limit.js';

export class AuditQuery {
  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @Matches(/^[a-z][a-z0-9_]{1,31}$/, { message: 'must be the id of an app' })
  app?: string;

  @ApiPropertyOptional({ type: 'integer', default: 0, description: 'The sequence number of the last entry you have.' })
  @IsOptional()
  @Transform(wholeNumber)
  @IsInt({ message: 'must be a sequence number' })
  @Min(0)
  after: number = 0;

  @PageLimit(500, 100)
  limit: number = 100;
}
