import 'reflect-metadata';
import { InvalidAccountConfig } from '@hutong/payment-port';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';

export type SettingsClass<T extends object> = new () => T;

/**
 * Reads an account's settings into their class; unknown fields are refused.
 * @throws InvalidAccountConfig naming each field, never its value
 */
export function readSettings<T extends object>(
  provider: string,
  settingsClass: SettingsClass<T>,
  settings: unknown,
): T {
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) {
    throw new InvalidAccountConfig(provider, [{ pointer: '/', message: 'must be an object' }]);
  }
  const instance = plainToInstance(settingsClass, settings, { exposeDefaultValues: true });
  const errors = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    validationError: { target: false, value: false },
  });
  if (errors.length > 0)
    throw new InvalidAccountConfig(
      provider,
      errors.flatMap((error) => flatten(error, '')),
    );
  return instance;
}

function flatten(error: ValidationError, parent: string): { pointer: string; message: string }[] {
  const pointer = `${parent}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const own = Object.values(error.constraints ?? {}).map((message) => ({ pointer, message }));
  return [...own, ...(error.children ?? []).flatMap((child) => flatten(child, pointer))];
}
