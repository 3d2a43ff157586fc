import { readCertificate } from '@hutong/provider-kit';
import { ValidateBy, type ValidationArguments } from 'class-validator';

/** Serial numbers are compared as numbers: case and leading zeros differ between tools. */
export function sameSerial(a: string, b: string): boolean {
  return plainSerial(a) === plainSerial(b);
}

/** One spelling per serial number. */
export function plainSerial(serial: string): string {
  return serial.toUpperCase().replace(/^0+(?=.)/, '');
}

/** The field is the serial number of the certificate in a neighbouring field; an unreadable certificate is reported there. */
export function IsSerialOf(field: string): PropertyDecorator {
  return ValidateBy({
    name: 'isSerialOf',
    validator: {
      validate: (value, args) => typeof value === 'string' && belongs(value, certificateIn(field, args)),
      defaultMessage: () => `must be the serial number of its ${field}`,
    },
  });
}

function certificateIn(field: string, args: ValidationArguments | undefined): unknown {
  return (args?.object as Readonly<Record<string, unknown>> | undefined)?.[field];
}

function belongs(serial: string, certificate: unknown): boolean {
  try {
    return typeof certificate !== 'string' || sameSerial(serial, readCertificate(certificate).serialNumber);
  } catch {
    return true;
  }
}
