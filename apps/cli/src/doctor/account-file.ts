import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { CannotRun } from '../configuration.js';

/**
 * Reads an account's settings from YAML or JSON, in the words of its seed. A key may stand in a file of its own:
 * `private_key: { file: apiclient_key.pem }`, from the folder of the settings.
 * @throws CannotRun when a file is not readable; never with what is in it
 */
export function readAccountFile(path: string): Readonly<Record<string, unknown>> {
  const settings: unknown = withFiles(parsed(path), dirname(path));
  if (typeof settings === 'object' && settings !== null && !Array.isArray(settings)) {
    return settings as Readonly<Record<string, unknown>>;
  }
  throw new CannotRun(`${path} does not hold the fields of an account.`);
}

function parsed(path: string): unknown {
  try {
    return parse(textIn(path));
  } catch (error) {
    if (error instanceof CannotRun) throw error;
    throw new CannotRun(`${path} is neither YAML nor JSON.`);
  }
}

function withFiles(value: unknown, folder: string): unknown {
  if (Array.isArray(value)) return value.map((item) => withFiles(item, folder));
  if (typeof value !== 'object' || value === null) return value;
  const { file, ...others } = value as Record<string, unknown>;
  if (typeof file === 'string' && Object.keys(others).length === 0) return textIn(resolve(folder, file));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withFiles(item, folder)]));
}

function textIn(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new CannotRun(`${path} can not be read.`);
  }
}
