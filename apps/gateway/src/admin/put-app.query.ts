import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { DryRunQuery } from './dry-run.query.js';

export class PutAppQuery extends DryRunQuery {
  @ApiPropertyOptional({ enum: ['true', 'false'], description: 'Retire accounts that the document does not name.' })
  @IsOptional()
  @IsIn(['true', 'false'])
  prune?: 'true' | 'false';
}
