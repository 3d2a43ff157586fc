import type { Settings } from '@hutong/settings';
import type { DestinationStream, LoggerOptions } from 'pino';
import { correlation } from './observability/correlation.js';

/** Fields that hold a key or name a person, wherever somebody logs an object with one. */
const FIELDS = [
  'authorization',
  'openid',
  'auth_code',
  'authCode',
  'private_key',
  'secret',
  'api_v3_key',
  'app_secret',
  'encrypt_key',
  'masterKey',
  'password',
];

/**
 * JSON lines by pino, each with the ids that it is about. What could carry a key or a person is cut out by path here; values
 * of type Secret say `[secret]` by themselves.
 */
export function loggerOptions(
  settings: Pick<Settings, 'logLevel'>,
  stream?: DestinationStream,
): LoggerOptions & { stream?: DestinationStream } {
  return {
    level: settings.logLevel,
    base: { service: 'hutong-gateway' },
    mixin: correlation,
    redact: { paths: FIELDS.flatMap((it) => [it, `*.${it}`, `*.*.${it}`]), remove: true },
    ...(stream !== undefined && { stream }),
  };
}
