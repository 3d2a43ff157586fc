import { Controller, Get, Inject, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CallingApp } from '../auth/caller.js';
import { answer } from '../http/answer.js';
import { IdempotencyInterceptor } from '../http/idempotency.interceptor.js';
import { RefusesWithProblems } from '../http/problem.schema.js';
import type { GatewayReply, GatewayRequest } from '../http/request.js';
import { DifferencesQuery, ReconciliationsQuery } from './reconciliation.query.js';
import { AnswersReport, ReconciliationListSchema, ReconciliationReportSchema } from './reconciliation.schema.js';
import { ReconciliationsService } from './reconciliations.service.js';

/** The app's days held against the providers' statements. */
@ApiTags('Reconciliations')
@ApiBearerAuth()
@RefusesWithProblems()
@Controller('v1/reconciliations')
export class ReconciliationsController {
  constructor(@Inject(ReconciliationsService) private readonly days: ReconciliationsService) {}

  @Get()
  @ApiOperation({ summary: 'Days and how they stand, newest first' })
  @ApiOkResponse({ type: ReconciliationListSchema })
  list(@CallingApp() app: string, @Query() query: ReconciliationsQuery) {
    return this.days.list(app, query);
  }

  @Get(':provider/:date')
  @ApiOperation({ summary: 'One day: matched, differences and sums; as a page for `Accept: text/html`' })
  @AnswersReport()
  show(
    @CallingApp() app: string,
    @Param('provider') provider: string,
    @Param('date') date: string,
    @Query() query: DifferencesQuery,
    @Req() request: GatewayRequest,
    @Res({ passthrough: true }) reply: GatewayReply,
  ) {
    return this.days.show({ app, provider, date }, query, request, reply);
  }

  @Post(':provider/:date')
  @UseInterceptors(IdempotencyInterceptor)
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOperation({ summary: 'Reconcile a day now; look at it again until it is not `running`' })
  @ApiCreatedResponse({ type: ReconciliationReportSchema })
  @ApiOkResponse({ type: ReconciliationReportSchema, description: 'The day was there, and is done again.' })
  async request(@CallingApp() app: string, @Param('provider') provider: string, @Param('date') date: string) {
    const { created, report } = await this.days.request({ app, provider, date });
    return answer(created, report);
  }
}
