import { MAX_AMOUNT } from '@hutong/payment-port';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsString, Length, Matches, Max, Min } from 'class-validator';
import { MayBeAbsent } from '../http/may-be-absent.js';

export class CreateRefundDto {
  @ApiProperty({ example: 'refund-0001', description: "The merchant's number; unique within the app for ever." })
  @Matches(/^[\w.:-]{1,64}$/, { message: 'must be 1 to 64 letters, digits or . _ : -' })
  refund_no: string;

  @ApiProperty({ example: 500, description: "Minor units, in the payment's currency." })
  @IsInt({ message: 'must be an integer of minor units, such as 500 for 5.00 yuan' })
  @Min(1)
  @Max(MAX_AMOUNT)
  amount: number;

  @ApiPropertyOptional()
  @MayBeAbsent()
  @IsString()
  @Length(1, 200)
  @Matches(/^[^\p{Cc}\p{Cs}]*$/u, { message: 'must be one line of visible text' })
  reason?: string;
}
