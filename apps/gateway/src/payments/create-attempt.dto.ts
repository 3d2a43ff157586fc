import type { AttemptOrder } from '@hutong/payment-core';
import { SCENES, type Scene } from '@hutong/payment-port';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, Matches, ValidateNested } from 'class-validator';
import { MayBeAbsent } from '../http/may-be-absent.js';
import { PayerDto, payerFacts } from './payer.dto.js';

/** A try to pay; also inside a payment that is created and started in one call. */
export class CreateAttemptDto {
  @ApiProperty({ example: 'wechat_pay' })
  @Matches(/^[a-z][a-z0-9_]{1,39}$/, { message: 'must be a method id, such as wechat_pay' })
  method: string;

  @ApiProperty({ enum: SCENES })
  @IsIn(SCENES)
  scene: Scene;

  @ApiPropertyOptional({ type: PayerDto })
  @MayBeAbsent()
  @IsObject({ message: 'must be an object' })
  @ValidateNested()
  @Type(() => PayerDto)
  payer?: PayerDto;

  @ApiPropertyOptional({
    example: '28763443825664394',
    description:
      'The code that the payer shows, as it was scanned; `barcode` needs it and no other method takes it. Its prefix tells the ' +
      'wallet, and the rules of that wallet are judged then: 409 with the reason. The same code again is the same attempt, ' +
      'never charged twice; a new code closes the attempt before it. It is not kept, logged or answered.',
  })
  @MayBeAbsent()
  @Matches(/^\d{16,24}$/, { message: 'must be the 16 to 24 digits of a payment code' })
  auth_code?: string;
}

export function attemptOrder(app: string, paymentId: string, dto: CreateAttemptDto): AttemptOrder {
  return {
    app,
    paymentId,
    method: dto.method,
    scene: dto.scene,
    ...(dto.payer === undefined ? {} : { payer: payerFacts(dto.payer) }),
    ...(dto.auth_code === undefined ? {} : { authCode: dto.auth_code }),
  };
}
