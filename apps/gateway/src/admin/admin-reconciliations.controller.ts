import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminOnly } from '../auth/access.js';
import { RefusesWithProblems } from '../http/problem.schema.js';
import type { GatewayReply, GatewayRequest } from '../http/request.js';
import { DifferencesQuery, ReconciliationsQuery } from '../reconciliation/reconciliation.query.js';
import {
  AnswersReport,
  ReconciliationListSchema,
  ReconciliationReportSchema,
} from '../reconciliation/reconciliation.schema.js';
import { ReconciliationsService } from '../reconciliation/reconciliations.service.js';

/** The same days as an app sees them, of any app. */
@ApiTags('Admin')
@ApiBearerAuth()
@RefusesWithProblems()
@AdminOnly()
@Controller('admin/v1/apps/:app/reconciliations')
export class AdminReconciliationsController {
  constructor(@Inject(ReconciliationsService) private readonly days: ReconciliationsService) {}

  @Get()
  @ApiOperation({ summary: 'Days and how they stand, newest first' })
  @ApiOkResponse({ type: ReconciliationListSchema })
  list(@Param('app') app: string, @Query() query: ReconciliationsQuery) {
    return this.days.list(app, query);
  }

  @Get(':provider/:date')
  @ApiOperation({ summary: 'One day: matched, differences and sums; as a page for `Accept: text/html`' })
  @AnswersReport()
  show(
    @Param('app') app: string,
    @Param('provider') provider: string,
    @Param('date') date: string,
    @Query() query: DifferencesQuery,
    @Req() request: GatewayRequest,
    @Res({ passthrough: true }) reply: GatewayReply,
  ) {
    return this.days.show({ app, provider, date }, query, request, reply);
  }

  @Post(':provider/:date')
  @HttpCode(200)
  @ApiOperation({ summary: 'Reconcile a day now; look at it again until it is not `running`' })
  @ApiOkResponse({ type: ReconciliationReportSchema })
  async request(@Param('app') app: string, @Param('provider') provider: string, @Param('date') date: string) {
    return (await this.days.request({ app, provider, date })).report;
  }
}
