import { Body, Controller, Get, Inject, Param, Post, UseInterceptors } from '@nestjs/common';
import { refundPayment, showRefund, type CoreContext } from '@hutong/payment-core';
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CallingApp } from '../auth/caller.js';
import { answer } from '../http/answer.js';
import { IdempotencyInterceptor } from '../http/idempotency.interceptor.js';
import { RefusesWithProblems } from '../http/problem.schema.js';
import { RefundSchema } from './refund.schema.js';
import { CORE } from '../tokens.js';
import { CreateRefundDto } from './create-refund.dto.js';
import { refundView } from './refund.view.js';

@ApiTags('Refunds')
@ApiBearerAuth()
@RefusesWithProblems()
@Controller('v1')
export class RefundsController {
  constructor(@Inject(CORE) private readonly core: CoreContext) {}

  @Post('payments/:id/refunds')
  @UseInterceptors(IdempotencyInterceptor)
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOperation({ summary: 'Send money back, in part or whole; several partial refunds may be in flight' })
  @ApiCreatedResponse({ type: RefundSchema })
  @ApiOkResponse({ type: RefundSchema, description: 'The refund of that number exists with the same content.' })
  async create(@CallingApp() app: string, @Param('id') paymentId: string, @Body() dto: CreateRefundDto) {
    const { refund_no: refundNo, ...rest } = dto;
    const { created, refund } = await refundPayment(this.core, { app, paymentId, refundNo, ...rest });
    return answer(created, refundView(refund));
  }

  @Get('refunds/:id')
  @ApiOperation({ summary: 'One refund' })
  @ApiOkResponse({ type: RefundSchema })
  async show(@CallingApp() app: string, @Param('id') id: string) {
    return refundView(await showRefund(this.core, app, id));
  }
}
