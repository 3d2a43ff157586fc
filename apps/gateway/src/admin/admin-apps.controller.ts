import { Controller, Get, Inject, Param, Put, Query, Req } from '@nestjs/common';
import { applySeed, invalid, notFound, readAppSeed, type AppConfig, type CoreContext } from '@hutong/payment-core';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminOnly } from '../auth/access.js';
import type { GatewayRequest } from '../http/request.js';
import { RefusesWithProblems } from '../http/problem.schema.js';
import { AppListSchema, AppSchema, SeedChangesSchema } from './admin.schema.js';
import { CORE } from '../tokens.js';
import { PutAppQuery } from './put-app.query.js';

/** Apps as data: the document of a seed file, applied as new immutable versions. */
@ApiTags('Admin')
@ApiBearerAuth()
@RefusesWithProblems()
@AdminOnly()
@Controller('admin/v1/apps')
export class AdminAppsController {
  constructor(@Inject(CORE) private readonly core: CoreContext) {}

  @Get()
  @ApiOperation({ summary: 'All apps' })
  @ApiOkResponse({ type: AppListSchema })
  async list() {
    const apps = await this.core.stores.config.listApps();
    return { object: 'list' as const, data: apps.map(appView) };
  }

  @Get(':app')
  @ApiOperation({ summary: 'One app' })
  @ApiOkResponse({ type: AppSchema })
  async show(@Param('app') id: string) {
    const app = await this.core.stores.config.findApp(id);
    if (app === undefined) throw notFound('app');
    return appView(app);
  }

  @Put(':app')
  @ApiOperation({ summary: 'Bring an app to what the document says; dry_run=true only tells the difference' })
  @ApiBody({ schema: { type: 'object', description: 'The document of a seed file, each account with its settings.' } })
  @ApiOkResponse({ type: SeedChangesSchema })
  async put(@Param('app') id: string, @Query() query: PutAppQuery, @Req() request: GatewayRequest) {
    const { installation } = this.core.providers;
    const seed = readAppSeed(request.body, installation);
    if (seed.app.id !== id) throw invalid('/app', `must be ${id}, as in the address.`);
    const run = { dryRun: query.dry_run === 'true', author: request.apiKey?.prefix ?? 'admin' };
    return { changes: await applySeed(this.core.stores.config, installation.providers, seed, run) };
  }
}

function appView(app: AppConfig): AppSchema {
  return {
    id: app.id,
    object: 'app' as const,
    name: app.name,
    branding: app.branding,
    return_origins: app.returnOrigins,
  };
}
