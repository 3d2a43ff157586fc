import { ValidateIf } from 'class-validator';

/** The two halves of WeChat Pay's public key among an account's settings. */
interface PublicKeyFields {
  readonly public_key_id?: unknown;
  readonly public_key?: unknown;
}

/** The field is checked when either half of the public key is given: one alone verifies nothing. */
export function IfPublicKeyIsGiven(): PropertyDecorator {
  return ValidateIf((settings: PublicKeyFields) => isPublicKeyGiven(settings));
}

function isPublicKeyGiven({ public_key_id, public_key }: PublicKeyFields): boolean {
  return [public_key_id, public_key].some((half) => half !== undefined && half !== null);
}
