import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Req,
  UseInterceptors,
} from '@nestjs/common';
import {
  changeEndpoint,
  createEndpoint,
  DEFAULT_OVERLAP_HOURS,
  deleteEndpoint,
  findEndpoint,
  rotateSecret,
  testEndpoint,
  type CoreContext,
  type WebhookEndpoint,
} from '@hutong/payment-core';
import type { Settings } from '@hutong/settings';
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { authorOf } from '../admin/author.js';
import { CallingApp } from '../auth/caller.js';
import { answer } from '../http/answer.js';
import { IdempotencyInterceptor } from '../http/idempotency.interceptor.js';
import { RefusesWithProblems } from '../http/problem.schema.js';
import type { GatewayRequest } from '../http/request.js';
import { CORE, RESOLVE, SETTINGS } from '../tokens.js';
import { admittedUrl } from './endpoint-url.js';
import { EventSchema } from './event.schema.js';
import { eventWithDeliveries } from './event.view.js';
import type { Resolve } from './guarded-sender.js';
import { ChangeWebhookEndpointDto, CreateWebhookEndpointDto, RotateSecretDto } from './webhook-endpoint.dto.js';
import {
  DeletedWebhookEndpointSchema,
  KeyedWebhookEndpointSchema,
  WebhookEndpointListSchema,
  WebhookEndpointSchema,
} from './webhook-endpoint.schema.js';
import { endpointView, keyedEndpointView } from './webhook-endpoint.view.js';

/** Where an app hears of its events. A secret is shown when it is made, and never again. */
@ApiTags('Webhooks')
@ApiBearerAuth()
@RefusesWithProblems()
@Controller('v1/webhook-endpoints')
export class WebhookEndpointsController {
  constructor(
    @Inject(CORE) private readonly core: CoreContext,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'production'>,
    @Inject(RESOLVE) private readonly resolve: Resolve,
  ) {}

  @Post()
  @UseInterceptors(IdempotencyInterceptor)
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOperation({ summary: 'Make an endpoint; the answer is the only time its secret is shown' })
  @ApiCreatedResponse({ type: KeyedWebhookEndpointSchema })
  async create(@CallingApp() app: string, @Body() dto: CreateWebhookEndpointDto, @Req() request: GatewayRequest) {
    const { event_types: eventTypes = [], enabled = true, description } = dto;
    const url = await this.admitted(dto.url);
    const asked = { app, url, eventTypes, enabled, ...(description !== undefined && { description }) };
    const made = await createEndpoint(this.core, asked, authorOf(request));
    return { ...answer(true, keyedEndpointView(made, [made.key])), holdsSecret: true };
  }

  @Get()
  @ApiOperation({ summary: 'The endpoints of the app, oldest first' })
  @ApiOkResponse({ type: WebhookEndpointListSchema })
  async list(@CallingApp() app: string) {
    const endpoints = await this.core.stores.webhooks.listEndpoints(app);
    return { object: 'list' as const, data: await Promise.all(endpoints.map((it) => this.view(it))) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One endpoint' })
  @ApiOkResponse({ type: WebhookEndpointSchema })
  async show(@CallingApp() app: string, @Param('id') id: string) {
    return this.view(await findEndpoint(this.core, app, id));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change what is named; disabling gives up what is on its way' })
  @ApiOkResponse({ type: WebhookEndpointSchema })
  async change(
    @CallingApp() app: string,
    @Param('id') id: string,
    @Body() { url, event_types: eventTypes, description, enabled }: ChangeWebhookEndpointDto,
    @Req() request: GatewayRequest,
  ) {
    const change = {
      ...(url !== undefined && { url: await this.admitted(url) }),
      ...(eventTypes !== undefined && { eventTypes }),
      ...(description !== undefined && { description }),
      ...(enabled !== undefined && { enabled }),
    };
    return this.view(await changeEndpoint(this.core, app, id, change, authorOf(request)));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Delete an endpoint and its keys; what it was sent stays on record' })
  @ApiOkResponse({ type: DeletedWebhookEndpointSchema })
  async remove(@CallingApp() app: string, @Param('id') id: string, @Req() request: GatewayRequest) {
    await deleteEndpoint(this.core, app, id, authorOf(request));
    return { id, object: 'webhook_endpoint' as const, deleted: true };
  }

  @Post(':id/rotate-secret')
  @HttpCode(200)
  @ApiOperation({ summary: 'A new secret and key pair; the one before goes on signing for the overlap' })
  @ApiOkResponse({ type: KeyedWebhookEndpointSchema })
  async rotate(
    @CallingApp() app: string,
    @Param('id') id: string,
    @Body() { overlap_hours: hours = DEFAULT_OVERLAP_HOURS }: RotateSecretDto,
    @Req() request: GatewayRequest,
  ) {
    const rotated = await rotateSecret(this.core, app, id, hours, authorOf(request));
    return keyedEndpointView(rotated, await this.keys(rotated.endpoint));
  }

  @Post(':id/test')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send a `webhook.test` event to this endpoint alone' })
  @ApiOkResponse({ type: EventSchema })
  async test(@CallingApp() app: string, @Param('id') id: string) {
    return eventWithDeliveries(this.core, app, await testEndpoint(this.core, app, id));
  }

  private admitted(url: string): Promise<string> {
    return admittedUrl(url, { development: !this.settings.production }, this.resolve);
  }

  private async view(endpoint: WebhookEndpoint): Promise<WebhookEndpointSchema> {
    return endpointView(endpoint, await this.keys(endpoint));
  }

  private keys({ id }: WebhookEndpoint) {
    return this.core.stores.webhooks.signingKeys(id, this.core.clock.now());
  }
}
