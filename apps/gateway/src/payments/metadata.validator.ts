import { ValidateBy } from 'class-validator';

const MAX_ENTRIES = 20;
const MAX_NAME = 40;
const MAX_VALUE = 500;

/** A flat object of at most 20 texts. */
export function IsMetadata(): PropertyDecorator {
  return ValidateBy({
    name: 'isMetadata',
    validator: {
      validate: isMetadata,
      defaultMessage: () =>
        `must be an object of at most ${MAX_ENTRIES} texts, names up to ${MAX_NAME} and values up to ${MAX_VALUE} characters, without NUL or halves of characters`,
    },
  });
}

function isMetadata(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length <= MAX_ENTRIES &&
    entries.every(([name, text]) => isStorable(name, MAX_NAME) && isStorable(text, MAX_VALUE))
  );
}

/** Neither a NUL nor a lone surrogate can be kept in a database's text. */
function isStorable(text: unknown, longest: number): boolean {
  return typeof text === 'string' && text.length <= longest && text.isWellFormed() && !text.includes('\0');
}
