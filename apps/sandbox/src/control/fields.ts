import { ControlError } from '../frame/control-error.js';

export type Fields = Readonly<Record<string, unknown>>;

/** The JSON object of a control body. @throws ControlError 400 */
export function bodyFields(body: unknown): Fields {
  const json = Buffer.isBuffer(body) ? body.toString('utf8') : '';
  if (json.trim() === '') return {};
  return asFields(parsed(json), 'body');
}

/** @throws ControlError 400 naming `name` */
export function asFields(value: unknown, name: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw wrong(name, 'must be a JSON object');
}

/** @throws ControlError 400 naming the first field that is not among `allowed` */
export function onlyFields(fields: Fields, allowed: readonly string[], within = ''): void {
  const unknown = Object.keys(fields).find((name) => !allowed.includes(name));
  if (unknown !== undefined) throw wrong(within + unknown, `is not known here. There is: ${allowed.join(', ')}`);
}

export function text(fields: Fields, name: string, within = ''): string {
  const value = fields[name];
  if (typeof value === 'string' && value !== '') return value;
  throw wrong(within + name, 'must be a non-empty string');
}

export function optionalText(fields: Fields, name: string, within = ''): string | undefined {
  return fields[name] === undefined ? undefined : text(fields, name, within);
}

export function optionalFlag(fields: Fields, name: string): boolean | undefined {
  const value = fields[name];
  if (value === undefined || typeof value === 'boolean') return value;
  throw wrong(name, 'must be true or false');
}

export function optionalInteger(
  fields: Fields,
  name: string,
  range: readonly [number, number],
  within = '',
): number | undefined {
  const value = fields[name];
  const [least, most] = range;
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most) return value;
  throw wrong(within + name, `must be an integer from ${least} to ${most}`);
}

/** A number above 0, up to 1. */
export function optionalShare(fields: Fields, name: string, within = ''): number | undefined {
  const value = fields[name];
  if (value === undefined || (typeof value === 'number' && value > 0 && value <= 1)) return value;
  throw wrong(within + name, 'must be a number above 0 and at most 1');
}

export function oneOf<T extends string>(fields: Fields, name: string, accepted: readonly T[], within = ''): T {
  const found = accepted.find((value) => value === fields[name]);
  if (found === undefined) throw wrong(within + name, `must be one of ${accepted.join(', ')}`);
  return found;
}

export function optionalOneOf<T extends string>(
  fields: Fields,
  name: string,
  accepted: readonly T[],
  within = '',
): T | undefined {
  return fields[name] === undefined ? undefined : oneOf(fields, name, accepted, within);
}

/** Every value a string, as form fields and SDK parameters are. */
export function textFields(value: unknown, name: string): Readonly<Record<string, string>> {
  const fields = asFields(value, name);
  const odd = Object.keys(fields).find((key) => typeof fields[key] !== 'string');
  if (odd !== undefined) throw wrong(`${name}.${odd}`, 'must be a string');
  return fields as Readonly<Record<string, string>>;
}

export function wrong(name: string, rule: string): ControlError {
  return new ControlError(400, `${name} ${rule}.`);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    throw wrong('body', 'must be JSON');
  }
}
