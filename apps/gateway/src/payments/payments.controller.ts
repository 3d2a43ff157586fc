import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import {
  cancelPayment,
  createPayment,
  explainImpressions,
  openAttempt,
  refreshPayment,
  showOptions,
  showPayment,
  type CoreContext,
  type Payment,
  type PaymentRecord,
} from '@hutong/payment-core';
import type { Settings } from '@hutong/settings';
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CallingApp } from '../auth/caller.js';
import { answer } from '../http/answer.js';
import { IdempotencyInterceptor } from '../http/idempotency.interceptor.js';
import { AnswerLanguage, type Language } from '../http/language.js';
import { ImpressionListSchema } from '../methods/impression.schema.js';
import { impressionView } from '../methods/impression.view.js';
import { methodViews } from '../methods/method-list.view.js';
import { RefusesWithProblems } from '../http/problem.schema.js';
import { AttemptSchema, CreatedPaymentSchema, PaymentListSchema, PaymentSchema } from './payment.schema.js';
import { CORE, SETTINGS } from '../tokens.js';
import { attemptOrder, CreateAttemptDto } from './create-attempt.dto.js';
import { CreatePaymentDto, paymentOrder } from './create-payment.dto.js';
import { attemptView, paymentView } from './payment.view.js';
import { PaymentsQuery, ShowPaymentQuery } from './payments.query.js';

@ApiTags('Payments')
@ApiBearerAuth()
@RefusesWithProblems()
@Controller('v1/payments')
export class PaymentsController {
  constructor(
    @Inject(CORE) private readonly core: CoreContext,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Post()
  @UseInterceptors(IdempotencyInterceptor)
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOperation({ summary: 'Create a payment; with `attempt`, start it in the same call' })
  @ApiCreatedResponse({ type: CreatedPaymentSchema })
  @ApiOkResponse({
    type: CreatedPaymentSchema,
    description: 'The payment of that order number exists with the same content.',
  })
  async create(@CallingApp() app: string, @AnswerLanguage() language: Language, @Body() dto: CreatePaymentDto) {
    const { created, payment } = await createPayment(this.core, paymentOrder(app, dto));
    if (dto.attempt !== undefined) await openAttempt(this.core, attemptOrder(app, payment.id, dto.attempt));
    const view = this.view(await showPayment(this.core, app, payment.id));
    return answer(created, { ...view, ...(await this.methods(payment, language)) });
  }

  @Get()
  @ApiOperation({ summary: 'The payment of an order number, as a list of none or one' })
  @ApiOkResponse({ type: PaymentListSchema })
  async list(@CallingApp() app: string, @Query() query: PaymentsQuery) {
    const record = await this.core.stores.payments.findPaymentByOrderNo(app, query.order_no);
    return { object: 'list' as const, data: record === undefined ? [] : [this.view(record)] };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One payment; refresh=true asks the provider first' })
  @ApiOkResponse({ type: PaymentSchema })
  async show(@CallingApp() app: string, @Param('id') id: string, @Query() query: ShowPaymentQuery) {
    const show = query.refresh === 'true' ? refreshPayment : showPayment;
    return this.view(await show(this.core, app, id));
  }

  @Get(':id/options')
  @ApiOperation({ summary: 'What the payer of this payment was shown, by which version, and why not the rest' })
  @ApiOkResponse({ type: ImpressionListSchema })
  async options(@CallingApp() app: string, @AnswerLanguage() language: Language, @Param('id') id: string) {
    const impressions = await explainImpressions(this.core, app, id);
    return { object: 'list' as const, data: impressions.map((it) => impressionView(it, language)) };
  }

  @Post(':id/attempts')
  @UseInterceptors(IdempotencyInterceptor)
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOperation({ summary: 'Try to pay with a method in a scene; answers what the payer does next' })
  @ApiCreatedResponse({ type: AttemptSchema })
  @ApiOkResponse({
    type: AttemptSchema,
    description: 'The same attempt still awaits its payer; with an auth_code, how the attempt of that code stands.',
  })
  async attempt(@CallingApp() app: string, @Param('id') id: string, @Body() dto: CreateAttemptDto) {
    const { created, attempt } = await openAttempt(this.core, attemptOrder(app, id, dto));
    return answer(created, attemptView(attempt));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'Close an open payment, at the provider first' })
  @ApiOkResponse({ type: PaymentSchema })
  async cancel(@CallingApp() app: string, @Param('id') id: string) {
    return this.view(await cancelPayment(this.core, app, id));
  }

  private view(record: PaymentRecord): PaymentSchema {
    return paymentView(record, this.settings.publicUrl);
  }

  private async methods(payment: Payment, language: Language) {
    if (payment.scene === undefined) return {};
    return { methods: methodViews(await showOptions(this.core, payment, payment.scene), language) };
  }
}
