import { FRIEND_REQUEST_STATUSES, PAID_BY } from '@hutong/payment-core';
import { ApiProperty } from '@nestjs/swagger';

export class FriendCardSchema {
  @ApiProperty({ type: String, example: '淘菜菜：帮我付一下' })
  title: string;

  @ApiProperty({ type: String, example: '春笋 500 克 ￥12.99' })
  text: string;

  @ApiProperty({ type: String, format: 'uri', description: 'A PNG: cards in WeChat take no SVG.' })
  image_url: string;
}

export class FriendRequestSchema {
  @ApiProperty({ type: String, example: 'fr_0mgk2x1vQ7sJ4n8LzYtR2bWcKd' })
  id: string;

  @ApiProperty({ enum: ['friend_request'] })
  object: 'friend_request';

  @ApiProperty({ type: String })
  payment_id: string;

  @ApiProperty({ type: String, example: 'wechat_friend_pay' })
  method: string;

  @ApiProperty({ type: String, nullable: true })
  message: string | null;

  @ApiProperty({
    enum: FRIEND_REQUEST_STATUSES,
    description: 'claimed: a friend is about to pay. paid, canceled and expired are for ever: the link is dead.',
  })
  status: string;

  @ApiProperty({ enum: PAID_BY, nullable: true, description: "Whether this request's friend paid, or somebody else." })
  paid_by: string | null;

  @ApiProperty({ type: String, format: 'uri', description: 'The page for the friend; share it.' })
  url: string;

  @ApiProperty({ type: String, format: 'uri', description: 'The same address as a picture to scan.' })
  qr_svg_url: string;

  @ApiProperty({
    type: String,
    example: '￥0G7K2M9QXW4TB3AZ￥',
    description: 'Where links cannot open: a text to resolve.',
  })
  text_code: string;

  @ApiProperty({ type: String, description: 'A message around the text code, ready to be pasted into a chat.' })
  share_text: string;

  @ApiProperty({ type: FriendCardSchema })
  card: FriendCardSchema;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'While claimed: until when.' })
  held_until: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  created_at: string;

  @ApiProperty({ type: String, format: 'date-time', description: "Never after the payment's." })
  expires_at: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  canceled_at: string | null;
}
