import { gatewayRefusal, tradeRefusal } from './gateway-refusal.js';
import { parseYuan } from './yuan.js';

const MAX_FEN = 10_000_000_000;

/** `biz_content`, read field by field. Unknown fields are ignored, as the gateway does. */
export class BizContent {
  private constructor(private readonly fields: Readonly<Record<string, unknown>>) {}

  /** @throws GatewayRefusal isv.illegal-json */
  static parse(text: string | undefined): BizContent {
    const fields = text === undefined ? {} : parseJson(text);
    if (typeof fields !== 'object' || fields === null || Array.isArray(fields))
      throw gatewayRefusal('isv.illegal-json');
    return new BizContent(fields as Record<string, unknown>);
  }

  /** A string of 1 to `max` characters; blank counts as absent. Numbers are taken for their digits. */
  text(name: string, max: number): string | undefined {
    const value = this.fields[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string' && typeof value !== 'number') throw tradeRefusal('INVALID_PARAMETER', name);
    const text = String(value);
    if (text.trim() === '') return undefined;
    if ([...text].length > max) throw tradeRefusal('INVALID_PARAMETER', name);
    return text;
  }

  required(name: string, max: number): string {
    const value = this.text(name, max);
    if (value === undefined) throw tradeRefusal('INVALID_PARAMETER', name);
    return value;
  }

  /** Yuan in [0.01, 100000000] as fen. Judged by range, not by length: the documented lengths disagree. */
  fen(name: string, outOfRange: 'TOTAL_FEE_EXCEED' | 'INVALID_PARAMETER', leastFen = 1): number {
    const fen = parseYuan(this.required(name, 20));
    if (fen === undefined) throw tradeRefusal('INVALID_PARAMETER', name);
    if (fen < leastFen || fen > MAX_FEN) throw tradeRefusal(outOfRange, name);
    return fen;
  }

  /** `true`, or the word of it: query strings have no booleans. */
  flag(name: string): boolean {
    return [true, 'true'].some((yes) => yes === this.fields[name]);
  }

  /** How many entries a list has; 0 without one. */
  count(name: string): number {
    const value = this.fields[name];
    return Array.isArray(value) ? value.length : 0;
  }

  /** A list of words, e.g. `query_options`. */
  words(name: string): readonly string[] {
    const value = this.fields[name];
    return Array.isArray(value) ? value.filter((word): word is string => typeof word === 'string') : [];
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw gatewayRefusal('isv.illegal-json');
  }
}
