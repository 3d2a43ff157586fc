import { Body, Controller, Get, HttpCode, Inject, Param, Post, UseInterceptors } from '@nestjs/common';
import {
  cancelFriendRequest,
  createFriendRequest,
  resolveTextCode,
  showFriendRequest,
  type CoreContext,
} from '@hutong/payment-core';
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { NeedsRole } from '../auth/access.js';
import { CallingApp } from '../auth/caller.js';
import { answer } from '../http/answer.js';
import { IdempotencyInterceptor } from '../http/idempotency.interceptor.js';
import { AnswerLanguage, type Language } from '../http/language.js';
import { RefusesWithProblems } from '../http/problem.schema.js';
import { CORE } from '../tokens.js';
import { CreateFriendRequestDto, friendRequestOrder } from './create-friend-request.dto.js';
import { FriendRequestSchema } from './friend-request.schema.js';
import { friendRequestView } from './friend-request.view.js';
import { ResolveTextCodeDto } from './resolve-text-code.dto.js';
import { UnknownCodes } from './unknown-codes.js';

@ApiTags('Friend-pay')
@ApiBearerAuth()
@RefusesWithProblems()
@Controller('v1')
export class FriendRequestsController {
  private readonly unknownCodes = new UnknownCodes();

  constructor(@Inject(CORE) private readonly core: CoreContext) {}

  @Post('payments/:id/friend-requests')
  @UseInterceptors(IdempotencyInterceptor)
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOperation({ summary: 'Ask a friend to pay: a link, a picture and a text code to share' })
  @ApiCreatedResponse({ type: FriendRequestSchema })
  @ApiOkResponse({ type: FriendRequestSchema, description: 'The request that is open, with the same content.' })
  async create(
    @CallingApp() app: string,
    @AnswerLanguage() language: Language,
    @Param('id') paymentId: string,
    @Body() dto: CreateFriendRequestDto,
  ) {
    const { created, record } = await createFriendRequest(this.core, friendRequestOrder(app, paymentId, dto));
    return answer(created, await friendRequestView(this.core, record, language));
  }

  @Get('friend-requests/:id')
  @ApiOperation({ summary: 'One friend request' })
  @ApiOkResponse({ type: FriendRequestSchema })
  async show(@CallingApp() app: string, @AnswerLanguage() language: Language, @Param('id') id: string) {
    return friendRequestView(this.core, await showFriendRequest(this.core, app, id), language);
  }

  @Post('friend-requests/:id/cancel')
  @HttpCode(200)
  @ApiOperation({ summary: "Take a request back; its friends' tries are closed at the wallet first" })
  @ApiOkResponse({ type: FriendRequestSchema })
  async cancel(@CallingApp() app: string, @AnswerLanguage() language: Language, @Param('id') id: string) {
    return friendRequestView(this.core, await cancelFriendRequest(this.core, app, id), language);
  }

  @Post('text-codes/resolve')
  @HttpCode(200)
  @NeedsRole('reader')
  @ApiOperation({ summary: 'The friend request whose code stands in a pasted text' })
  @ApiOkResponse({ type: FriendRequestSchema })
  async resolve(@CallingApp() app: string, @AnswerLanguage() language: Language, @Body() dto: ResolveTextCodeDto) {
    const record = await this.unknownCodes.counted(app, () => resolveTextCode(this.core, app, dto.text));
    return friendRequestView(this.core, record, language);
  }
}
