import { Controller, Get, Inject, Query } from '@nestjs/common';
import { verifyAudit, type CoreContext } from '@hutong/payment-core';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminOnly } from '../auth/access.js';
import { RefusesWithProblems } from '../http/problem.schema.js';
import { CORE } from '../tokens.js';
import { AuditListSchema, AuditVerificationSchema } from './admin-audit.schema.js';
import { auditEntryView } from './admin-audit.view.js';
import { AuditQuery } from './audit.query.js';

/** Who changed what and why, in a chain of hashes. */
@ApiTags('Admin')
@ApiBearerAuth()
@RefusesWithProblems()
@AdminOnly()
@Controller('admin/v1')
export class AdminAuditController {
  constructor(@Inject(CORE) private readonly core: CoreContext) {}

  @Get('audit')
  @ApiOperation({ summary: 'Entries after a sequence number, oldest first; of one app or of all' })
  @ApiOkResponse({ type: AuditListSchema })
  async list(@Query() { app, after, limit }: AuditQuery) {
    const entries = await this.core.stores.audit.listEntries({ ...(app !== undefined && { app }), after, limit });
    return { object: 'list' as const, data: entries.map(auditEntryView) };
  }

  @Get('audit/verification')
  @ApiOperation({ summary: 'Follow the whole chain' })
  @ApiOkResponse({ type: AuditVerificationSchema })
  async verify() {
    const { entries, broken } = await verifyAudit(this.core);
    return { object: 'audit_verification' as const, entries, intact: broken === undefined, broken: broken ?? null };
  }
}
