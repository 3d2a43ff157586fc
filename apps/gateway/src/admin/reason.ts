import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length, Matches } from 'class-validator';
import { MayBeAbsent } from '../http/may-be-absent.js';
import { Refusal } from '../http/refusal.js';
import { ONE_LINE } from '../methods/whereabouts.dto.js';

const LONGEST = 500;

/** Why a change is made, kept with it for ever. */
export class ReasonDto {
  @ApiPropertyOptional({ maxLength: LONGEST, description: 'Why; kept with the change.' })
  @MayBeAbsent()
  @IsString()
  @Length(1, LONGEST)
  @Matches(ONE_LINE, { message: 'must be one line of text' })
  reason?: string;
}

/** Takes `reason` out of a document whose other members somebody else reads. @throws Refusal 400 */
export function splitReason(body: unknown): { readonly document: unknown; readonly reason?: string } {
  if (typeof body !== 'object' || body === null || !('reason' in body)) return { document: body };
  const { reason, ...document } = body;
  if (typeof reason === 'string' && reason !== '' && reason.length <= LONGEST && ONE_LINE.test(reason))
    return { document, reason };
  const message = `must be one line of 1 to ${LONGEST} characters.`;
  throw new Refusal(400, 'invalid_request', `/reason ${message}`, [{ pointer: '/reason', message }]);
}
