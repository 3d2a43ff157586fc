import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { hashKey, keyPrefix, mintKey, newId, notFound, type ApiKey, type CoreContext } from '@hutong/payment-core';
import type { Settings } from '@hutong/settings';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminOnly, NeedsRole } from '../auth/access.js';
import type { GatewayRequest } from '../http/request.js';
import { authorOf } from './author.js';
import { MakeAppKeyDto } from './make-key.dto.js';
import { RefusesWithProblems } from '../http/problem.schema.js';
import { KeyListSchema, KeySchema, MadeKeySchema, RevokedKeySchema } from './admin.schema.js';
import { CORE, SETTINGS } from '../tokens.js';

/** The keys of one app. A key is shown once, when it is made; afterwards only its head. */
@ApiTags('Admin')
@ApiBearerAuth()
@RefusesWithProblems()
@AdminOnly()
@Controller('admin/v1/apps/:app/keys')
export class AdminKeysController {
  constructor(
    @Inject(CORE) private readonly core: CoreContext,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'production'>,
  ) {}

  @Get()
  @ApiOperation({ summary: "An app's keys, without their secrets" })
  @ApiOkResponse({ type: KeyListSchema })
  async list(@Param('app') app: string) {
    await this.known(app);
    return { object: 'list' as const, data: (await this.core.stores.config.listKeys(app)).map(keyView) };
  }

  @Post()
  @NeedsRole('owner')
  @HttpCode(201)
  @ApiOperation({ summary: 'Make a key; the answer is the only time it is shown' })
  @ApiCreatedResponse({ type: MadeKeySchema })
  async create(
    @Param('app') app: string,
    @Body() { role = 'merchant' }: MakeAppKeyDto,
    @Req() request: GatewayRequest,
  ) {
    await this.known(app);
    const secret = mintKey(this.settings.production ? 'hk_live_' : 'hk_test_');
    const key: ApiKey = { id: newId('key'), app, role, prefix: keyPrefix(secret), createdAt: this.core.clock.now() };
    await this.core.stores.config.addKey(key, hashKey(secret), authorOf(request));
    return { ...keyView(key), key: secret };
  }

  @Delete(':id')
  @NeedsRole('owner')
  @ApiOperation({ summary: 'Revoke a key at once' })
  @ApiOkResponse({ type: RevokedKeySchema })
  async revoke(@Param('app') app: string, @Param('id') id: string, @Req() request: GatewayRequest) {
    const key = (await this.core.stores.config.listKeys(app)).find((it) => it.id === id);
    if (key === undefined) throw notFound('key');
    await this.core.stores.config.revokeKey(id, authorOf(request));
    return { id, object: 'key' as const, revoked: true };
  }

  private async known(app: string): Promise<void> {
    if ((await this.core.stores.config.findApp(app)) === undefined) throw notFound('app');
  }
}

export function keyView(key: ApiKey): KeySchema {
  return {
    id: key.id,
    object: 'key' as const,
    app: key.app,
    role: key.role,
    prefix: key.prefix,
    created_at: key.createdAt.toISOString(),
    revoked_at: key.revokedAt?.toISOString() ?? null,
  };
}
