import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import {
  conflict,
  hashKey,
  keyPrefix,
  mintKey,
  newId,
  notFound,
  type ApiKey,
  type CoreContext,
} from '@hutong/payment-core';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminOnly, NeedsRole } from '../auth/access.js';
import { RefusesWithProblems } from '../http/problem.schema.js';
import type { GatewayRequest } from '../http/request.js';
import { CORE } from '../tokens.js';
import { keyView } from './admin-keys.controller.js';
import { KeyListSchema, MadeKeySchema, RevokedKeySchema } from './admin.schema.js';
import { authorOf } from './author.js';
import { MakeAdminKeyDto } from './make-key.dto.js';

/** The keys to this admin API itself. */
@ApiTags('Admin')
@ApiBearerAuth()
@RefusesWithProblems()
@AdminOnly()
@Controller('admin/v1/keys')
export class InstallationKeysController {
  constructor(@Inject(CORE) private readonly core: CoreContext) {}

  @Get()
  @ApiOperation({ summary: 'The admin keys, without their secrets' })
  @ApiOkResponse({ type: KeyListSchema })
  async list() {
    return { object: 'list' as const, data: (await this.core.stores.config.listKeys(null)).map(keyView) };
  }

  @Post()
  @HttpCode(201)
  @NeedsRole('owner')
  @ApiOperation({ summary: 'Make an admin key; the answer is the only time it is shown' })
  @ApiCreatedResponse({ type: MadeKeySchema })
  async create(@Body() { role = 'viewer' }: MakeAdminKeyDto, @Req() request: GatewayRequest) {
    const secret = mintKey('ha_');
    const key: ApiKey = { id: newId('key'), app: null, role, prefix: keyPrefix(secret), createdAt: new Date() };
    await this.core.stores.config.addKey(key, hashKey(secret), authorOf(request));
    return { ...keyView(key), key: secret };
  }

  @Delete(':id')
  @NeedsRole('owner')
  @ApiOperation({ summary: 'Revoke an admin key at once; not the last one of an owner' })
  @ApiOkResponse({ type: RevokedKeySchema })
  async revoke(@Param('id') id: string, @Req() request: GatewayRequest) {
    const keys = await this.core.stores.config.listKeys(null);
    if (!keys.some((key) => key.id === id)) throw notFound('key');
    if (!keys.some((key) => key.id !== id && key.role === 'owner' && key.revokedAt === undefined))
      throw conflict('last_owner', 'This is the last key of an owner; make another one first.');
    await this.core.stores.config.revokeKey(id, authorOf(request));
    return { id, object: 'key' as const, revoked: true };
  }
}
