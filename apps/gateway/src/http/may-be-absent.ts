import { ValidateIf } from 'class-validator';

/** The field may be left out; unlike with `IsOptional`, a null in its place is refused, for nobody downstream reads one. */
export function MayBeAbsent(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}
