import { isISO8601, isRFC3339, ValidateBy } from 'class-validator';

/**
 * A moment as RFC 3339 writes it, zone and all, of a day that there is. ISO 8601 alone also knows weeks, days of a year and shortened
 * forms, which JavaScript cannot read.
 */
export function IsMoment(): PropertyDecorator {
  const defaultMessage = () => 'must be an RFC 3339 time with its zone, such as 2026-03-01T08:00:00Z';
  return ValidateBy({ name: 'isMoment', validator: { validate: isMoment, defaultMessage } });
}

function isMoment(value: unknown): boolean {
  const isWritten = isRFC3339(value) && isISO8601(value, { strict: true, strictSeparator: true });
  return isWritten && !Number.isNaN(Date.parse(value as string));
}
