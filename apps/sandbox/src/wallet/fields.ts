import { WalletError } from './wallet-error.js';

/** A request's JSON object, read field by field; every reader throws WalletError invalid_request. */
export class Fields {
  private constructor(private readonly values: Readonly<Record<string, unknown>>) {}

  static parse(body: Buffer): Fields {
    const values = parseJson(body);
    if (typeof values !== 'object' || values === null || Array.isArray(values))
      throw invalid('The body', 'must be a JSON object');
    return new Fields(values as Record<string, unknown>);
  }

  /** Refuses fields that nobody reads: a misspelled one must not pass silently. */
  only(...names: readonly string[]): this {
    const unknown = Object.keys(this.values).find((name) => !names.includes(name));
    if (unknown !== undefined) throw invalid(unknown, 'is not a field of this call');
    return this;
  }

  text(name: string, shape: RegExp, rule: string): string {
    const value = this.values[name];
    if (typeof value !== 'string' || !shape.test(value)) throw invalid(name, rule);
    return value;
  }

  reference(name: string): string {
    return this.text(name, REFERENCE, '6 to 32 of 0-9 A-Z a-z _');
  }

  /** 1 to 127 characters, not code units. */
  words(name: string): string {
    const value = this.text(name, /\S/, 'must be 1 to 127 characters');
    if ([...value].length > 127) throw invalid(name, 'must be 1 to 127 characters');
    return value;
  }

  fen(name: string): number {
    const value = this.values[name];
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > 100_000_000) {
      throw invalid(name, 'must be an integer of fen from 1 to 100000000');
    }
    return value;
  }

  time(name: string): Date {
    const time = new Date(this.text(name, RFC_3339, 'must be an RFC 3339 time'));
    if (Number.isNaN(time.getTime())) throw invalid(name, 'must be an RFC 3339 time');
    return time;
  }

  url(name: string): string {
    const value = this.text(name, /^https?:\/\/\S{1,500}$/, 'must be an http or https URL');
    if (!URL.canParse(value)) throw invalid(name, 'must be an http or https URL');
    return value;
  }

  optional<T>(name: string, read: (name: string) => T): T | undefined {
    return this.values[name] === undefined ? undefined : read.call(this, name);
  }
}

export const REFERENCE = /^[0-9A-Za-z_]{6,32}$/;
const RFC_3339 =
  /^\d{4}-(0[1-9]|1[0-2])-([0-2]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

export function invalid(name: string, rule: string): WalletError {
  return new WalletError('invalid_request', `${name}: ${rule}.`);
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw invalid('The body', 'must be JSON');
  }
}
