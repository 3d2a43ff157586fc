import type { Settings } from '@hutong/settings';
import type { LoggerOptions } from 'pino';

/** JSON lines by pino; what could carry a key or a person is cut out by path. */
export function loggerOptions(settings: Pick<Settings, 'logLevel'>): LoggerOptions {
  return {
    level: settings.logLevel,
    base: { service: 'hutong-gateway' },
    redact: {
      paths: [
        'req.headers.authorization',
        '*.openid',
        '*.auth_code',
        '*.authCode',
        '*.private_key',
        '*.secret',
        '*.api_v3_key',
      ],
      remove: true,
    },
  };
}
