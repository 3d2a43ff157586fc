import { Controller, Get, HttpCode, Inject, Param, Patch, Post, Query, Req } from '@nestjs/common';
import {
  accountNamed,
  askSigner,
  changeAccount,
  notFound,
  readAccountChange,
  viewOf,
  type Account,
  type CoreContext,
} from '@hutong/payment-core';
import { ApiBearerAuth, ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminOnly, NeedsRole } from '../auth/access.js';
import { RefusesWithProblems } from '../http/problem.schema.js';
import type { GatewayRequest } from '../http/request.js';
import { expectedVersion } from '../http/version-tag.js';
import { CORE } from '../tokens.js';
import { AccountChangeSchema, AccountCheckSchema, AccountListSchema, type AccountSchema } from './account.schema.js';
import { authorOf } from './author.js';
import { DryRunQuery } from './dry-run.query.js';
import { splitReason } from './reason.js';

/** The accounts of one app at its providers: newest versions, secrets by name only. */
@ApiTags('Admin')
@ApiBearerAuth()
@RefusesWithProblems()
@AdminOnly()
@Controller('admin/v1/apps/:app/accounts')
export class AdminAccountsController {
  constructor(@Inject(CORE) private readonly core: CoreContext) {}

  @Get()
  @ApiOperation({ summary: "An app's accounts, without their secrets" })
  @ApiOkResponse({ type: AccountListSchema })
  async list(@Param('app') app: string): Promise<AccountListSchema> {
    const { config } = this.core.stores;
    if ((await config.findApp(app)) === undefined) throw notFound('app');
    return { object: 'list', data: (await config.listAccounts(app)).map((account) => this.view(account)) };
  }

  @Patch(':id')
  @NeedsRole('owner')
  @ApiOperation({ summary: 'Change some settings, as a new version; dry_run=true only tells which would change' })
  @ApiHeader({ name: 'If-Match', required: false, description: 'The version of the account that was read, as "3".' })
  @ApiBody({
    schema: {
      type: 'object',
      required: ['settings'],
      properties: {
        settings: { type: 'object', description: 'What changes: null takes a setting away, unnamed ones stay.' },
        reason: { type: 'string', description: 'Why; kept with the change.' },
      },
    },
  })
  @ApiOkResponse({ type: AccountChangeSchema })
  async change(
    @Param('app') app: string,
    @Param('id') id: string,
    @Query() query: DryRunQuery,
    @Req() request: GatewayRequest,
  ): Promise<AccountChangeSchema> {
    const { document, reason } = splitReason(request.body);
    const expected = expectedVersion(request);
    const change = {
      app,
      id,
      ...readAccountChange(document),
      by: authorOf(request, reason),
      ...(expected !== undefined && { expected }),
      dryRun: query.dry_run === 'true',
    };
    const definitions = this.core.providers.installation.providers;
    const { account, changed } = await changeAccount(this.core.stores.config, definitions, change);
    return { account: this.view(account), changed };
  }

  @Post(':id/check')
  @NeedsRole('viewer')
  @HttpCode(200)
  @ApiOperation({ summary: 'One harmless signed call: whether the credentials hold, and which key signs the answer' })
  @ApiOkResponse({ type: AccountCheckSchema })
  async check(@Param('app') app: string, @Param('id') id: string): Promise<AccountCheckSchema> {
    const account = await accountNamed(this.core.stores.config, app, id);
    return { signed_by: await askSigner(account.provider, this.core.providers.connect(account)) };
  }

  private view(account: Account): AccountSchema {
    const { createdAt, ...view } = viewOf(this.core.providers.installation.providers, account);
    return { object: 'account', ...view, created_at: createdAt.toISOString() };
  }
}
