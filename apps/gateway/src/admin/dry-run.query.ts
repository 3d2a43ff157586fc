import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';

export class DryRunQuery {
  @ApiPropertyOptional({ enum: ['true', 'false'], description: 'Tell the difference, write nothing.' })
  @IsOptional()
  @IsIn(['true', 'false'])
  dry_run?: 'true' | 'false';
}
