import { ValidateBy } from 'class-validator';

/** The field is a list of `[name, value]`, all texts. */
export function IsHeaderPairs(): PropertyDecorator {
  const isPair = (pair: unknown): boolean =>
    Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === 'string');
  return ValidateBy({
    name: 'isHeaderPairs',
    validator: {
      validate: (value) => Array.isArray(value) && value.every(isPair),
      defaultMessage: () => 'must be a list of [name, value], both texts',
    },
  });
}
