import { Controller, Get, Inject } from '@nestjs/common';
import type { CoreContext } from '@hutong/payment-core';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { HealthCheck, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import { Public } from '../auth/access.js';
import { Refusal } from '../http/refusal.js';
import { CORE } from '../tokens.js';

@ApiTags('Health')
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    @Inject(CORE) private readonly core: CoreContext,
  ) {}

  @Get('live')
  @ApiOperation({ summary: 'The process answers' })
  live() {
    return { status: 'ok' };
  }

  @Get('ready')
  @HealthCheck()
  @ApiOperation({ summary: 'The database answers and its schema is up to date' })
  async ready() {
    try {
      return await this.health.check([() => this.database()]);
    } catch {
      throw new Refusal(503, 'not_ready', 'The database does not answer.');
    }
  }

  private async database() {
    const indicator = this.indicators.check('database');
    try {
      await this.core.stores.ping();
      return indicator.up();
    } catch {
      return indicator.down('does not answer');
    }
  }
}
