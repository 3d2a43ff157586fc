import { Controller, Get, Inject, Param, Put, Query, Req, Res } from '@nestjs/common';
import {
  applySeed,
  exportApp,
  invalid,
  mayActAs,
  notFound,
  readAppSeed,
  type AppConfig,
  type CoreContext,
  type SeedChange,
} from '@hutong/payment-core';
import { ApiBearerAuth, ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminOnly } from '../auth/access.js';
import { Refusal } from '../http/refusal.js';
import type { GatewayReply, GatewayRequest } from '../http/request.js';
import { expectedVersion, versionTag } from '../http/version-tag.js';
import { authorOf } from './author.js';
import { splitReason } from './reason.js';
import { RefusesWithProblems } from '../http/problem.schema.js';
import { AppDocumentSchema, AppListSchema, AppSchema, SeedChangesSchema } from './admin.schema.js';
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

  @Get(':app/document')
  @ApiOperation({ summary: 'The whole app as a PUT takes it, its secrets withheld' })
  @ApiOkResponse({ type: AppDocumentSchema })
  async document(@Param('app') id: string, @Res({ passthrough: true }) reply: GatewayReply) {
    const exported = await exportApp(this.core, id);
    void reply.header('etag', versionTag(exported.version));
    return { object: 'app_document' as const, ...exported };
  }

  @Put(':app')
  @ApiOperation({ summary: 'Bring an app to what the document says; dry_run=true only tells the difference' })
  @ApiHeader({ name: 'If-Match', required: false, description: 'The ETag of the options that it was made from.' })
  @ApiBody({
    schema: {
      type: 'object',
      description: 'The document of a seed file, each account with its settings, and `reason`.',
    },
  })
  @ApiOkResponse({ type: SeedChangesSchema })
  async put(@Param('app') id: string, @Query() query: PutAppQuery, @Req() request: GatewayRequest) {
    const { installation } = this.core.providers;
    const { document, reason } = splitReason(request.body);
    const seed = readAppSeed(document, installation);
    if (seed.app.id !== id) throw invalid('/app', `must be ${id}, as in the address.`);
    const expected = expectedVersion(request);
    const changes = await applySeed(this.core.stores.config, installation.providers, seed, {
      dryRun: query.dry_run === 'true',
      prune: query.prune === 'true',
      by: authorOf(request, reason),
      admit: (planned) => refuseAccountsOf(request, planned),
      ...(expected !== undefined && { expected }),
    });
    return { changes };
  }
}

/** An app's document has its accounts in it, and those are an owner's to change. @throws Refusal 403 */
function refuseAccountsOf({ apiKey }: GatewayRequest, changes: readonly SeedChange[]): void {
  const account = changes.find(({ kind }) => kind === 'account');
  if (account === undefined || (apiKey !== undefined && mayActAs(apiKey.role, 'owner'))) return;
  const detail = `To ${account.action} ${account.what} takes a key of role owner; yours is of role ${apiKey?.role}.`;
  throw new Refusal(403, 'forbidden', detail);
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
