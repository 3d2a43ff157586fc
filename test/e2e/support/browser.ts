/** What a browser shows of one answer; redirects are not followed. */
export interface Seen {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
}

export const USER_AGENTS = {
  desktop: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36',
  phone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
  webView:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
  wechat:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.53',
  alipay:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 AlipayClient/10.6.0',
} as const;

export type BrowserKind = keyof typeof USER_AGENTS;

interface Kept {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

/** A browser without JavaScript: it asks for pages, posts their forms, and keeps cookies each for its path. */
export class Browser {
  readonly #kept = new Map<string, Kept>();

  constructor(
    private readonly kind: BrowserKind = 'desktop',
    private readonly language = 'zh-CN',
  ) {}

  get(url: string, headers: Record<string, string> = {}): Promise<Seen> {
    return this.send(url, { headers });
  }

  post(url: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Seen> {
    return this.send(url, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { 'sec-fetch-site': 'same-origin', ...headers },
    });
  }

  /** Goes where an answer leads, up to the page that it ends on. */
  async follow(seen: Seen, from: string): Promise<Seen> {
    const location = seen.headers.get('location');
    if (seen.status !== 303 && seen.status !== 302) return seen;
    const url = new URL(location ?? '', from).href;
    return this.follow(await this.get(url), url);
  }

  /** What this browser would send there. */
  cookiesFor(url: string): Record<string, string> {
    const { pathname } = new URL(url);
    const fits = ({ path }: Kept) => pathname === path || pathname.startsWith(`${path}/`);
    return Object.fromEntries([...this.#kept.values()].filter(fits).map(({ name, value }) => [name, value]));
  }

  /** Chooses a method on a cashier and answers the page that the browser ends up on. */
  async choose(cashierUrl: string, method: string): Promise<Seen> {
    const { status, headers, html } = await this.post(`${cashierUrl}/pay`, { method });
    if (status !== 303) throw new Error(`choosing ${method} answered ${status}: ${textOf(html)}`);
    return this.get(new URL(headers.get('location') ?? '', cashierUrl).href);
  }

  private async send(url: string, init: RequestInit & { headers: Record<string, string> }): Promise<Seen> {
    const cookie = Object.entries(this.cookiesFor(url)).map(([name, value]) => `${name}=${value}`);
    const own = {
      'user-agent': USER_AGENTS[this.kind],
      'accept-language': this.language,
      ...(cookie.length > 0 && { cookie: cookie.join('; ') }),
    };
    const response = await fetch(url, { redirect: 'manual', ...init, headers: { ...own, ...init.headers } });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return { status: response.status, headers: response.headers, html: await response.text() };
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ');
    const [name = '', value = ''] = pair.split('=');
    const path = attributes.find((it) => it.startsWith('Path='))?.slice('Path='.length) ?? '/';
    this.#kept.set(`${path};${name}`, { name, value, path });
  }
}

/** What a reader reads of it. */
export function textOf(html: string): string {
  return html
    .replace(/<(style|script)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Values of an attribute, in the order of the page. */
export function valuesOf(html: string, pattern: RegExp): string[] {
  return [...html.matchAll(pattern)].map((match) => match[1] ?? '');
}
