import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';

export class PaymentsQuery {
  @ApiProperty({ description: "The merchant's number." })
  @Matches(/^[\w.:-]{1,64}$/, { message: 'must be 1 to 64 letters, digits or . _ : -' })
  order_no: string;
}

export class ShowPaymentQuery {
  @ApiPropertyOptional({ enum: ['true', 'false'], description: 'true asks the provider first.' })
  @IsOptional()
  @IsIn(['true', 'false'])
  refresh?: 'true' | 'false';
}
