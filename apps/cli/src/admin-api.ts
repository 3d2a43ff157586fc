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

  async call<T>(method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> {
    const answer = await this.send(method, path, body);
    const json = (await answer.json().catch(() => ({}))) as T & ProblemJson;
    if (answer.ok) return json;
    throw new Refused(this.wordsOf(answer.status, `${method} ${path}`, json), answer.status);
  }

  private async send(method: string, path: string, body: unknown): Promise<Response> {
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    try {
      return await fetch(`${this.url}/admin/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${this.key}`, ...type },
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
