import { fetch } from 'undici';

/** What the phone's browser got. */
export interface Shown {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Where a redirect leads; null: nowhere. */
  readonly location: string | null;
  readonly text: string;
}

/** A browser without scripts on one sandbox's phone: keeps cookies, sends forms, follows nothing by itself. */
export class TestPhone {
  private readonly cookies = new Map<string, string>();

  constructor(
    private readonly url: string,
    private readonly language = 'en',
  ) {}

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Shown> {
    return this.send(path, { headers });
  }

  post(
    path: string,
    fields: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Shown> {
    const origin = { origin: this.url, 'content-type': 'application/x-www-form-urlencoded' };
    return this.send(path, {
      method: 'POST',
      body: new URLSearchParams(fields).toString(),
      headers: { ...origin, ...headers },
    });
  }

  /** What is held before the camera; the sheet that comes of it. */
  async scan(content: string): Promise<Shown> {
    return this.post('/phone/scan', { content });
  }

  become(payer: string): Promise<Shown> {
    return this.post('/phone/me', { payer });
  }

  /** The decision on the sheet at `location`; the result page behind it. */
  async decide(sheet: Shown, fields: Readonly<Record<string, string>>): Promise<Shown> {
    const { location } = await this.post(sheet.location ?? '', fields);
    return this.get(location ?? '');
  }

  private async send(
    path: string,
    init: { method?: string; body?: string; headers: Record<string, string> },
  ): Promise<Shown> {
    const cookie = [...this.cookies].map((pair) => pair.join('=')).join('; ');
    const response = await fetch(this.url + path, {
      ...init,
      redirect: 'manual',
      headers: { 'accept-language': this.language, ...(cookie && { cookie }), ...init.headers },
    });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      this.cookies.set(name, value);
    }
    const headers = Object.fromEntries(response.headers);
    return {
      status: response.status,
      headers,
      location: response.headers.get('location'),
      text: await response.text(),
    };
  }
}

/** As a merchant's page hands its action over. */
export function handOver(content: unknown): string {
  return `/?next_action=${Buffer.from(JSON.stringify(content)).toString('base64url')}`;
}
