import { MAX_TEXT } from '@hutong/payment-core';
import { ApiProperty } from '@nestjs/swagger';
import { IsString } from 'class-validator';

export class ResolveTextCodeDto {
  @ApiProperty({
    maxLength: MAX_TEXT,
    example: '【淘菜菜】帮我付一下 ￥0G7K2M9QXW4TB3AZ￥ 谢谢🙏',
    description: 'What was pasted, as it is: words, emoji and line breaks around the code do not matter.',
  })
  @IsString()
  text: string;
}
