import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Min } from 'class-validator';
import { ReasonDto } from './reason.js';

export class RollBackDto extends ReasonDto {
  @ApiProperty({ type: 'integer', minimum: 1 })
  @IsInt({ message: 'must be the number of a version' })
  @Min(1)
  version: number;
}
