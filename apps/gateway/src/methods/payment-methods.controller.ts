import { Controller, Get, Inject, Query } from '@nestjs/common';
import { listMethods, type CoreContext } from '@hutong/payment-core';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CallingApp } from '../auth/caller.js';
import { AnswerLanguage, type Language } from '../http/language.js';
import { RefusesWithProblems } from '../http/problem.schema.js';
import { MethodListSchema } from './method-list.schema.js';
import { CORE } from '../tokens.js';
import { explainedListView, methodListView } from './method-list.view.js';
import { checkoutOfQuery, PaymentMethodsQuery } from './payment-methods.query.js';

@ApiTags('Options')
@ApiBearerAuth()
@RefusesWithProblems()
@Controller('v1/payment-methods')
export class PaymentMethodsController {
  constructor(@Inject(CORE) private readonly core: CoreContext) {}

  @Get()
  @ApiOperation({ summary: "The payer's options in this app's own order; explain=true judges every known method" })
  @ApiOkResponse({ type: MethodListSchema })
  async list(@CallingApp() app: string, @AnswerLanguage() language: Language, @Query() query: PaymentMethodsQuery) {
    const explain = query.explain === 'true';
    const list = await listMethods(this.core, app, checkoutOfQuery(query), { trace: explain });
    return explain ? explainedListView(list, language) : methodListView(list, language);
  }
}
