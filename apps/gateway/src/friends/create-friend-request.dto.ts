import { EXPIRES_IN, MAX_MESSAGE, type FriendRequestOrder } from '@hutong/payment-core';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsString, Length, Matches, Max, Min } from 'class-validator';
import { MayBeAbsent } from '../http/may-be-absent.js';
import { ONE_LINE } from '../methods/whereabouts.dto.js';

export class CreateFriendRequestDto {
  @ApiProperty({ example: 'wechat_friend_pay' })
  @Matches(/^[a-z][a-z0-9_]{1,39}$/, { message: 'must be a method id, such as wechat_friend_pay' })
  method: string;

  @ApiPropertyOptional({ example: '今晚的火锅，帮我付一下', description: 'One line from the owner to the friend.' })
  @MayBeAbsent()
  @IsString()
  @Length(1, MAX_MESSAGE)
  @Matches(ONE_LINE, { message: 'must be one line of text' })
  message?: string;

  @ApiPropertyOptional({
    minimum: EXPIRES_IN.min,
    maximum: EXPIRES_IN.max,
    description: "Seconds; without it, and past it, the payment's expiry counts.",
  })
  @MayBeAbsent()
  @IsInt({ message: 'must be an integer of seconds' })
  @Min(EXPIRES_IN.min)
  @Max(EXPIRES_IN.max)
  expires_in?: number;
}

export function friendRequestOrder(app: string, paymentId: string, dto: CreateFriendRequestDto): FriendRequestOrder {
  return {
    app,
    paymentId,
    method: dto.method,
    ...(dto.message === undefined ? {} : { message: dto.message }),
    ...(dto.expires_in === undefined ? {} : { expiresIn: dto.expires_in }),
  };
}
