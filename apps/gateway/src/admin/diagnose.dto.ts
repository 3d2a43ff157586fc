import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsBase64, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { IsMoment } from '../http/moment.validator.js';
import { IsHeaderPairs } from './header-pairs.validator.js';

/** A message that did not verify, as it travelled. */
export class DiagnoseDto {
  @ApiProperty({ enum: ['request', 'answer', 'notification'], description: 'request: signed by the merchant' })
  @IsIn(['request', 'answer', 'notification'], { message: 'must be request, answer or notification' })
  kind: 'request' | 'answer' | 'notification';

  @ApiPropertyOptional({ type: String, example: 'POST' })
  @IsOptional()
  @IsString({ message: 'must be a text' })
  @MaxLength(16, { message: 'must be at most 16 characters' })
  method?: string;

  @ApiPropertyOptional({ type: String, description: 'Path and query, as on the request line' })
  @IsOptional()
  @IsString({ message: 'must be a text' })
  @MaxLength(16_384, { message: 'must be at most 16,384 characters' })
  target?: string;

  @ApiProperty({
    type: 'array',
    items: { type: 'array', items: { type: 'string' } },
    description: 'Name and value, in order',
  })
  @IsArray({ message: 'must be a list' })
  @ArrayMaxSize(200, { message: 'must be at most 200 headers' })
  @IsHeaderPairs()
  headers: [string, string][];

  @ApiProperty({ type: String, format: 'byte', description: 'The bytes of the body, as Base64; empty for none' })
  @IsBase64({}, { message: 'must be Base64' })
  body: string;

  @ApiPropertyOptional({ type: String, description: "The account's name in its seed; the first by name where absent" })
  @IsOptional()
  @IsString({ message: 'must be a text' })
  @MaxLength(64, { message: 'must be at most 64 characters' })
  ref?: string;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'When it failed; now where absent' })
  @IsOptional()
  @IsMoment()
  at?: string;
}
