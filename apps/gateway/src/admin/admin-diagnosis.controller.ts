import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { checkAccounts, diagnoseMessage, type CoreContext } from '@hutong/payment-core';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminOnly, NeedsRole } from '../auth/access.js';
import { RefusesWithProblems } from '../http/problem.schema.js';
import { CORE } from '../tokens.js';
import { DiagnoseDto } from './diagnose.dto.js';
import { AccountReportListSchema, DiagnosisSchema } from './diagnosis.schema.js';

/** What `hutong doctor` asks: the keys stay here, findings go out. */
@ApiTags('Admin')
@ApiBearerAuth()
@RefusesWithProblems()
@AdminOnly()
@NeedsRole('viewer')
@Controller('admin/v1/apps/:app/accounts')
export class AdminDiagnosisController {
  constructor(@Inject(CORE) private readonly core: CoreContext) {}

  @Post('check')
  @HttpCode(200)
  @ApiOperation({ summary: "Look at an app's accounts: settings, keys, notify URL, one signed query; changes nothing" })
  @ApiOkResponse({ type: AccountReportListSchema })
  async check(@Param('app') app: string): Promise<AccountReportListSchema> {
    const reports = await checkAccounts(this.core, app);
    const data = reports.map(({ checks, ...account }) => ({
      ...account,
      checks: checks.map((check) => ({ ...check, try: check.try ?? null })),
    }));
    return { object: 'list', data };
  }

  @Post(':provider/diagnose')
  @HttpCode(200)
  @ApiOperation({ summary: 'Which known cause fits a message that did not verify' })
  @ApiOkResponse({ type: DiagnosisSchema })
  async diagnose(
    @Param('app') app: string,
    @Param('provider') provider: string,
    @Body() asked: DiagnoseDto,
  ): Promise<DiagnosisSchema> {
    const { kind, method, target, headers, body, ref, at } = asked;
    const question = {
      app,
      provider,
      ...(ref !== undefined && { ref }),
      ...(at !== undefined && { at: new Date(at) }),
    };
    const message = {
      kind,
      headers,
      body: Buffer.from(body, 'base64'),
      ...(method !== undefined && { method }),
      ...(target !== undefined && { target }),
    };
    const { holds, findings, expected } = await diagnoseMessage(this.core, question, message);
    return { object: 'diagnosis', holds, findings, expected: expected ?? null };
  }
}
