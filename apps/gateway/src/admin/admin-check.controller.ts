import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { findViolations, listInvariants, type CoreContext } from '@hutong/payment-core';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminOnly } from '../auth/access.js';
import { RefusesWithProblems } from '../http/problem.schema.js';
import { CORE } from '../tokens.js';
import { InvariantListSchema, LedgerSchema, ViolationListSchema } from './admin-check.schema.js';
import { CheckQuery, LedgerQuery } from './check.query.js';

/** What must never be, asked of the live database; it writes nothing. `hutong check` puts it together. */
@ApiTags('Admin')
@ApiBearerAuth()
@RefusesWithProblems()
@AdminOnly()
@Controller('admin/v1')
export class AdminCheckController {
  constructor(@Inject(CORE) private readonly core: CoreContext) {}

  @Get('check')
  @ApiOperation({ summary: 'The invariants that the database can be asked about' })
  @ApiOkResponse({ type: InvariantListSchema })
  list() {
    const data = listInvariants(this.core).map((it) => ({ object: 'invariant' as const, ...it }));
    return { object: 'list' as const, data };
  }

  @Get('check/:invariant')
  @ApiOperation({ summary: 'What breaks one invariant, by id, a page at a time' })
  @ApiOkResponse({ type: ViolationListSchema })
  async violations(@Param('invariant') invariant: string, @Query() { after, limit, horizon }: CheckQuery) {
    const found = await findViolations(this.core, invariant, { after, limit, horizonMs: horizon * 1_000 });
    return { object: 'list' as const, data: found.map((it) => ({ object: 'violation' as const, ...it })) };
  }

  @Get('ledger')
  @ApiOperation({
    summary: 'What each of our numbers at a provider captured and sent back, by number, a page at a time',
  })
  @ApiOkResponse({ type: LedgerSchema })
  async ledger(@Query() { after, limit }: LedgerQuery) {
    const lines = await this.core.stores.operation.ledger({ after, limit });
    const data = lines.map(({ paymentId, refunds, ...line }) => ({
      object: 'ledger_line' as const,
      ...line,
      payment_id: paymentId,
      refunds: [...refunds],
    }));
    return { object: 'list' as const, data };
  }
}
