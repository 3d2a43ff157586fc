import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { wholeNumber } from '../methods/payment-methods.query.js';

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

  @ApiPropertyOptional({ type: 'integer', default: 100, minimum: 1, maximum: 500 })
  @IsOptional()
  @Transform(wholeNumber)
  @IsInt({ message: 'must be a number from 1 to 500' })
  @Min(1)
  @Max(500)
  limit: number = 100;
}
