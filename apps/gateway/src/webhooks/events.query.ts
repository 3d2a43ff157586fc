import { TEST_EVENT_TYPE, WEBHOOK_EVENT_TYPES } from '@hutong/payment-core';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, Matches } from 'class-validator';
import { MayBeAbsent } from '../http/may-be-absent.js';
import { IsMoment } from '../http/moment.validator.js';
import { PageLimit } from '../http/page-limit.js';

export const EVENT_FILTERS = [...WEBHOOK_EVENT_TYPES, TEST_EVENT_TYPE] as const;

export class EventsQuery {
  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @Matches(/^\w{1,64}$/, { message: 'must be the id of a payment' })
  payment_id?: string;

  @ApiPropertyOptional({ enum: EVENT_FILTERS })
  @IsOptional()
  @IsIn(EVENT_FILTERS)
  type?: string;

  @PageLimit(100, 20)
  limit: number = 20;

  @ApiPropertyOptional({ type: String, description: 'The `next` of the page before.' })
  @IsOptional()
  @Matches(/^[\w-]{1,200}$/, { message: 'must be the next of a page before' })
  after?: string;
}

const ENDPOINT = { message: 'must be the id of a webhook endpoint' };

export class RedeliverEventDto {
  @ApiPropertyOptional({ description: 'Left out: every enabled endpoint that subscribes to its type.' })
  @MayBeAbsent()
  @Matches(/^\w{1,64}$/, ENDPOINT)
  endpoint_id?: string;
}

export class RedeliverRangeDto {
  @ApiProperty({ type: String, format: 'date-time', description: 'Events created from here on …' })
  @IsMoment()
  from: string;

  @ApiProperty({ type: String, format: 'date-time', description: '… until before this moment.' })
  @IsMoment()
  to: string;

  @ApiPropertyOptional({ description: 'Left out: every enabled endpoint.' })
  @MayBeAbsent()
  @Matches(/^\w{1,64}$/, ENDPOINT)
  endpoint_id?: string;

  @ApiPropertyOptional({ default: false, description: 'Leaves out what an endpoint has taken already.' })
  @MayBeAbsent()
  @IsBoolean()
  undelivered_only?: boolean;
}
