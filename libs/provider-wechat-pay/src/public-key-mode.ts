import { ValidateBy, ValidateIf } from 'class-validator';

/** The two halves of WeChat Pay's public key among an account's settings. */
interface PublicKeyFields {
  readonly public_key_id?: unknown;
  readonly public_key?: unknown;
}

/** The field is checked when either half of the public key is given: one alone verifies nothing. */
export function IfPublicKeyIsGiven(): PropertyDecorator {
  return ValidateIf((settings: PublicKeyFields) => isPublicKeyGiven(settings));
}

/** The list is not empty, unless a public key is given: without either, no message could be verified. */
export function IsNotEmptyUnlessPublicKeyIsGiven(): PropertyDecorator {
  return ValidateBy({
    name: 'isNotEmptyUnlessPublicKeyIsGiven',
    validator: {
      validate: (value, args) =>
        !Array.isArray(value) || value.length > 0 || isPublicKeyGiven((args?.object ?? {}) as PublicKeyFields),
      defaultMessage: () => 'must not be empty, unless public_key_id and public_key are given',
    },
  });
}

function isPublicKeyGiven({ public_key_id, public_key }: PublicKeyFields): boolean {
  return [public_key_id, public_key].some((half) => half !== undefined && half !== null);
}
