import { ValidateBy, type ValidationOptions } from 'class-validator';
import { readCertificate, readPrivateKey, readPublicKey } from './pem.js';

function readableBy(name: string, read: (text: string) => unknown): (options?: ValidationOptions) => PropertyDecorator {
  const hint = (value: unknown): string | undefined => {
    if (typeof value !== 'string') return 'must be a text';
    try {
      read(value);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : 'is not readable';
    }
  };
  return (options) =>
    ValidateBy(
      {
        name,
        validator: {
          validate: (value) => hint(value) === undefined,
          defaultMessage: (args) => hint(args?.value) ?? 'is not readable',
        },
      },
      options,
    );
}

/** The field is an RSA private key. */
export const IsPrivateKey = readableBy('isPrivateKey', readPrivateKey);
/** The field is an RSA public key. */
export const IsPublicKey = readableBy('isPublicKey', readPublicKey);
/** The field is an X.509 certificate. */
export const IsCertificate = readableBy('isCertificate', readCertificate);
