import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { redeliverEvent, redeliverRange, type CoreContext } from '@hutong/payment-core';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CallingApp } from '../auth/caller.js';
import { RefusesWithProblems } from '../http/problem.schema.js';
import { CORE } from '../tokens.js';
import { cursorOf, placeOf } from './event-cursor.js';
import { EventListSchema, EventSchema, RedeliverySchema } from './event.schema.js';
import { eventView, eventWithDeliveries } from './event.view.js';
import { EventsQuery, RedeliverEventDto, RedeliverRangeDto } from './events.query.js';

/** What happened to an app's payments, and what came of telling it. */
@ApiTags('Webhooks')
@ApiBearerAuth()
@RefusesWithProblems()
@Controller('v1/events')
export class EventsController {
  constructor(@Inject(CORE) private readonly core: CoreContext) {}

  @Get()
  @ApiOperation({ summary: 'Events, newest first, page by page' })
  @ApiOkResponse({ type: EventListSchema })
  async list(@CallingApp() app: string, @Query() { payment_id: paymentId, type, limit, after }: EventsQuery) {
    const filter = {
      ...(paymentId !== undefined && { paymentId }),
      ...(type !== undefined && { type }),
      ...(after !== undefined && { after: placeOf(after) }),
      limit: limit + 1, // one more tells whether a page follows
    };
    const found = await this.core.stores.webhooks.listEvents(app, filter);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      object: 'list' as const,
      data: page.map(eventView),
      next: last !== undefined && found.length > limit ? cursorOf(last) : null,
    };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One event, with the log of its deliveries' })
  @ApiOkResponse({ type: EventSchema })
  async show(@CallingApp() app: string, @Param('id') id: string) {
    return eventWithDeliveries(this.core, app, id);
  }

  @Post('redeliver')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send again what happened in a span of time, behind what is live' })
  @ApiOkResponse({ type: RedeliverySchema })
  async redeliverRange(@CallingApp() app: string, @Body() dto: RedeliverRangeDto) {
    const { from, to, endpoint_id: endpointId, undelivered_only: undeliveredOnly = false } = dto;
    const range = { from: new Date(from), to: new Date(to) };
    const options = { undeliveredOnly, ...(endpointId !== undefined && { endpointId }) };
    return redelivery(await redeliverRange(this.core, app, range, options));
  }

  @Post(':id/redeliver')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send one event again, with the id and bytes that it always had' })
  @ApiOkResponse({ type: RedeliverySchema })
  async redeliver(
    @CallingApp() app: string,
    @Param('id') id: string,
    @Body() { endpoint_id: endpointId }: RedeliverEventDto,
  ) {
    return redelivery(await redeliverEvent(this.core, app, id, endpointId));
  }
}

function redelivery(deliveries: number): RedeliverySchema {
  return { object: 'redelivery', deliveries };
}
