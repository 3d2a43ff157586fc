import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { wholeNumber } from './whole-number.js';

/** How many rows a list answers at most: 1 to `most`. Give the field its default, and say it here for the documents. */
export function PageLimit(most: number, byDefault: number = most): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: 'integer', default: byDefault, minimum: 1, maximum: most }),
    IsOptional(),
    Transform(wholeNumber),
    IsInt({ message: `must be a number from 1 to ${most}` }),
    Min(1),
    Max(most),
  );
}
