import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { conflict, holdRollout, listRollouts, type CoreContext } from '@hutong/payment-core';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminOnly } from '../auth/access.js';
import { RefusesWithProblems } from '../http/problem.schema.js';
import type { GatewayRequest } from '../http/request.js';
import { CORE } from '../tokens.js';
import { RolloutListSchema } from './admin-rollouts.schema.js';
import { rolloutView } from './admin-rollouts.view.js';
import { authorOf } from './author.js';
import { ReasonDto } from './reason.js';

/** Staged options on their way: where each stands, held or not. */
@ApiTags('Admin')
@ApiBearerAuth()
@RefusesWithProblems()
@AdminOnly()
@Controller('admin/v1/apps/:app/rollouts')
export class AdminRolloutsController {
  constructor(@Inject(CORE) private readonly core: CoreContext) {}

  @Get()
  @ApiOperation({ summary: 'Every staged option, its percentage now, and whether it is held' })
  @ApiOkResponse({ type: RolloutListSchema })
  list(@Param('app') app: string) {
    return this.rollouts(app);
  }

  @Post(':method/hold')
  @HttpCode(200)
  @ApiOperation({ summary: 'Stay at the percentage of this moment; nobody loses the option, nobody follows' })
  @ApiOkResponse({ type: RolloutListSchema })
  async hold(
    @Param('app') app: string,
    @Param('method') method: string,
    @Body() { reason }: ReasonDto,
    @Req() request: GatewayRequest,
  ) {
    if (!(await holdRollout(this.core, app, method, authorOf(request, reason))))
      throw conflict('rollout_held', `The rollout of ${method} is held already.`);
    return this.rollouts(app);
  }

  @Post(':method/release')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let the dated steps go on' })
  @ApiOkResponse({ type: RolloutListSchema })
  async release(
    @Param('app') app: string,
    @Param('method') method: string,
    @Body() { reason }: ReasonDto,
    @Req() request: GatewayRequest,
  ) {
    const { rollouts } = this.core.stores;
    if (!(await rollouts.release(app, method, this.core.clock.now(), authorOf(request, reason))))
      throw conflict('rollout_not_held', `The rollout of ${method} is not held.`);
    return this.rollouts(app);
  }

  private async rollouts(app: string) {
    return { object: 'list' as const, data: (await listRollouts(this.core, app)).map(rolloutView) };
  }
}
