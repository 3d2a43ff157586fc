import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  ParseIntPipe,
  Post,
  Put,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import {
  changeOptions,
  findVersion,
  notFound,
  readOptions,
  replayDocument,
  replayOptions,
  rollBackOptions,
  type CoreContext,
} from '@hutong/payment-core';
import { ApiBearerAuth, ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminOnly, NeedsRole } from '../auth/access.js';
import { RefusesWithProblems } from '../http/problem.schema.js';
import type { GatewayReply, GatewayRequest } from '../http/request.js';
import { ExpectedVersion, versionTag } from '../http/version-tag.js';
import { CORE } from '../tokens.js';
import { authorOf } from './author.js';
import {
  ChangedOptionsSchema,
  OptionsSchema,
  OptionVersionListSchema,
  ReplayReportSchema,
} from './admin-options.schema.js';
import { optionsView, optionVersionView } from './admin-options.view.js';
import { DryRunQuery } from './dry-run.query.js';
import { splitReason } from './reason.js';
import { ReplayDto, replaySource } from './replay.dto.js';
import { RollBackDto } from './roll-back.dto.js';

/** The options of one app: read, changed, put back, and tried on checkouts that have been. */
@ApiTags('Admin')
@ApiBearerAuth()
@RefusesWithProblems()
@AdminOnly()
@Controller('admin/v1/apps/:app/options')
export class AdminOptionsController {
  constructor(@Inject(CORE) private readonly core: CoreContext) {}

  @Get()
  @ApiOperation({ summary: 'The options in force; their ETag is what a change sends as If-Match' })
  @ApiOkResponse({ type: OptionsSchema })
  async show(@Param('app') app: string, @Res({ passthrough: true }) reply: GatewayReply) {
    const config = await findVersion(this.core, app);
    const [signature] = await this.core.stores.config.listOptionVersions(app);
    void reply.header('etag', versionTag(config.version));
    return optionsView(config, signature);
  }

  @Put()
  @ApiHeader({ name: 'If-Match', required: true })
  @ApiOperation({
    summary: 'Make them what the document says, as a new version; dry_run=true only tells the difference',
  })
  @ApiBody({
    schema: {
      type: 'object',
      description: '`providers`, `options`, `order` and `links` of a seed file, and `reason`.',
    },
  })
  @ApiOkResponse({ type: ChangedOptionsSchema })
  async change(
    @Param('app') app: string,
    @Query() query: DryRunQuery,
    @ExpectedVersion() expected: number,
    @Req() request: GatewayRequest,
    @Res({ passthrough: true }) reply: GatewayReply,
  ) {
    const { document, reason } = splitReason(request.body);
    const wanted = readOptions(document, this.core.providers.installation);
    const by = authorOf(request, reason);
    const changed = await changeOptions(this.core, app, wanted, { expected, by, dryRun: query.dry_run === 'true' });
    void reply.header('etag', versionTag(changed.version));
    return changed;
  }

  @Get('versions')
  @ApiOperation({ summary: 'Every version, newest first: by whom, when and why' })
  @ApiOkResponse({ type: OptionVersionListSchema })
  async versions(@Param('app') app: string) {
    const versions = await this.core.stores.config.listOptionVersions(app);
    if (versions.length === 0) throw notFound('app');
    return { object: 'list' as const, data: versions.map(optionVersionView) };
  }

  @Get('versions/:version')
  @ApiOperation({ summary: 'One version' })
  @ApiOkResponse({ type: OptionsSchema })
  async version(@Param('app') app: string, @Param('version', ParseIntPipe) version: number) {
    const config = await findVersion(this.core, app, version);
    const signatures = await this.core.stores.config.listOptionVersions(app);
    return optionsView(
      config,
      signatures.find((it) => it.version === version),
    );
  }

  @Post('rollback')
  @HttpCode(200)
  @ApiHeader({ name: 'If-Match', required: true })
  @ApiOperation({
    summary: "Make an older version's content the newest version; dry_run=true only tells the difference",
  })
  @ApiOkResponse({ type: ChangedOptionsSchema })
  async rollBack(
    @Param('app') app: string,
    @Query() query: DryRunQuery,
    @ExpectedVersion() expected: number,
    @Body() { version, reason }: RollBackDto,
    @Req() request: GatewayRequest,
    @Res({ passthrough: true }) reply: GatewayReply,
  ) {
    const by = authorOf(request, reason ?? `back to version ${version}`);
    const changed = await rollBackOptions(this.core, app, version, { expected, by, dryRun: query.dry_run === 'true' });
    void reply.header('etag', versionTag(changed.version));
    return changed;
  }

  @Post('replay')
  @HttpCode(200)
  @NeedsRole('viewer')
  @ApiOperation({ summary: 'What payers would have seen by other options; writes nothing' })
  @ApiOkResponse({ type: ReplayReportSchema })
  async replay(@Param('app') app: string, @Body() dto: ReplayDto) {
    const wanted = readOptions(dto.against, this.core.providers.installation);
    return replayDocument(await replayOptions(this.core, app, wanted, replaySource(dto)));
  }
}
