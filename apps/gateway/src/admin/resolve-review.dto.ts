import { REVIEW_ACTIONS, type ReviewAction } from '@hutong/payment-core';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, Length, Matches } from 'class-validator';
import { MayBeAbsent } from '../http/may-be-absent.js';
import { ONE_LINE } from '../methods/whereabouts.dto.js';

export class ResolveReviewDto {
  @ApiProperty({
    enum: REVIEW_ACTIONS,
    description:
      '`recheck` asks the provider and ends the review only if that settles the matter; `retry` sends a refund that waits for a person ' +
      'again, under its own number; `dismiss` takes your word that it is dealt with elsewhere, and needs a note.',
  })
  @IsIn(REVIEW_ACTIONS, { message: `must be one of: ${REVIEW_ACTIONS.join(', ')}` })
  action: ReviewAction;

  @ApiPropertyOptional({ maxLength: 500, description: 'What was found or done; kept for ever.' })
  @MayBeAbsent()
  @IsString()
  @Length(1, 500)
  @Matches(ONE_LINE, { message: 'must be one line of text' })
  note?: string;
}
