import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { HealthCheck, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import { Public } from '../auth/access.js';
import { Refusal } from '../http/refusal.js';
import { Draining } from '../lifecycle/draining.js';
import { ReadinessCheck, type Readiness } from './readiness.js';

@ApiTags('Health')
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly readiness: ReadinessCheck,
    @Inject(Draining) private readonly draining: Draining,
  ) {}

  @Get('live')
  @ApiOperation({ summary: 'The process answers' })
  live() {
    return { status: 'ok' };
  }

  @Get('ready')
  @HealthCheck()
  @ApiOperation({
    summary: 'The database answers, its schema is this release’s, the keys open the accounts, and it is not stopping',
  })
  async ready() {
    if (this.draining.begun) throw new Refusal(503, 'draining', 'This process is stopping; send requests elsewhere.');
    const found = await this.readiness.now();
    try {
      return await this.health.check(COMPONENTS.map((it) => () => this.indicate(it, found[it])));
    } catch {
      throw new Refusal(503, 'not_ready', sentenceOf(found));
    }
  }

  private async indicate(component: keyof Readiness, wrong: string | undefined) {
    const indicator = this.indicators.check(component);
    return wrong === undefined ? indicator.up() : indicator.down(wrong);
  }
}

const COMPONENTS = ['database', 'schema', 'keys'] as const satisfies readonly (keyof Readiness)[];

function sentenceOf(found: Readiness): string {
  return COMPONENTS.flatMap((it) => (found[it] === undefined ? [] : [`The ${it} ${found[it]}.`])).join(' ');
}
