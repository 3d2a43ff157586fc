import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { listReviews, resolveReview, showReview, type CoreContext } from '@hutong/payment-core';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminOnly } from '../auth/access.js';
import { RefusesWithProblems } from '../http/problem.schema.js';
import type { GatewayRequest } from '../http/request.js';
import { CORE } from '../tokens.js';
import { ReviewListSchema, ReviewSchema } from './admin-reviews.schema.js';
import { reviewView } from './admin-reviews.view.js';
import { authorOf } from './author.js';
import { ResolveReviewDto } from './resolve-review.dto.js';
import { ReviewsQuery } from './reviews.query.js';

/** What no rule can end: money whose amount does not match, refunds that stick, answers that never come. */
@ApiTags('Admin')
@ApiBearerAuth()
@RefusesWithProblems()
@AdminOnly()
@Controller('admin/v1/reviews')
export class AdminReviewsController {
  constructor(@Inject(CORE) private readonly core: CoreContext) {}

  @Get()
  @ApiOperation({ summary: 'What waits for a person, or did; of one app or of all' })
  @ApiOkResponse({ type: ReviewListSchema })
  async list(@Query() query: ReviewsQuery) {
    const { data, hasMore } = await listReviews(this.core, query);
    return { object: 'list' as const, data: data.map(reviewView), has_more: hasMore };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One review' })
  @ApiOkResponse({ type: ReviewSchema })
  async show(@Param('id') id: string) {
    return reviewView(await showReview(this.core, id));
  }

  @Post(':id/resolve')
  @HttpCode(200)
  @ApiOperation({ summary: 'End a review: ask the provider again, send a refund again, or say that it is dealt with' })
  @ApiOkResponse({ type: ReviewSchema })
  async resolve(@Param('id') id: string, @Body() { action, note }: ResolveReviewDto, @Req() request: GatewayRequest) {
    const { actor } = authorOf(request);
    return reviewView(await resolveReview(this.core, id, { action, actor, ...(note !== undefined && { note }) }));
  }
}
