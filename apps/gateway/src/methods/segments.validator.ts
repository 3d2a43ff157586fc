import { applyDecorators } from '@nestjs/common';
import { ArrayMaxSize, ArrayUnique, IsArray, Matches } from 'class-validator';

/** At most 16 different names of groups, as seeds write them. */
export function AreSegments(): PropertyDecorator {
  return applyDecorators(
    Matches(/^[a-z][a-z0-9_-]{0,31}$/, {
      each: true,
      message: 'must be names of 1 to 32 small letters, digits, - and _',
    }),
    ArrayUnique({ message: 'must name each group once' }),
    ArrayMaxSize(16, { message: 'must be at most 16 groups' }),
    IsArray({ message: 'must be a list of groups' }),
  );
}
