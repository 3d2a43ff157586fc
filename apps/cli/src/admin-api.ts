import { CannotRun } from './configuration.js';

interface ProblemJson {
  readonly detail?: string;
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[];
}

/** The gateway said no. */
export class Refused extends CannotRun {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

/** The admin API of a running gateway. Every call throws CannotRun when nobody answers, Refused when the answer is no. */
export class AdminApi {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  /** `expected`: the version that the change was made from, sent as If-Match. */
  async call<T>(
    method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
    expected?: number,
  ): Promise<T> {
    const answer = await this.send(method, path, body, expected);
    const json = (await answer.json().catch(() => ({}))) as T & ProblemJson;
    if (answer.ok) return json;
    throw new Refused(this.wordsOf(answer.status, `${method} ${path}`, json), answer.status);
  }

  private async send(method: string, path: string, body: unknown, expected?: number): Promise<Response> {
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const condition = expected === undefined ? {} : { 'if-match': `"${expected}"` };
    try {
      return await fetch(`${this.url}/admin/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${this.key}`, ...type, ...condition },
        ...content,
      });
    } catch {
      throw new CannotRun(`No gateway answers at ${this.url}.`);
    }
  }

  private wordsOf(status: number, call: string, { detail, errors = [] }: ProblemJson): string {
    if (status === 401) return `The gateway at ${this.url} does not take this admin key: give another with --key.`;
    const fields = errors.map(({ pointer, message }) => `  ${pointer} ${message}`);
    return [`${call}: ${detail ?? `answered ${status}`}`, ...fields].join('\n');
  }
}

export function appPath(app: string): string {
  return `/apps/${encodeURIComponent(app)}`;
}

/** `?a=1&b=2` of what is defined; nothing when nothing is. */
export function query(parameters: Readonly<Record<string, string | number | boolean | undefined>>): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) given.set(name, String(value));
  return given.size === 0 ? '' : `?${given}`;
}
