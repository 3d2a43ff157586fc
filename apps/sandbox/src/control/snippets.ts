import { alipaySnippets } from './alipay-snippets.js';
import { wechatSnippets } from './wechat-snippets.js';

/** An account as the control API shows it. */
export type ShownAccount = Readonly<Record<string, unknown>>;

/** A client in one language, set up for one account. */
export interface Snippet {
  readonly language: 'Node' | 'Go' | 'Java' | 'PHP' | 'Python';
  readonly client: string;
  readonly code: string;
}

/** How clients of five languages are set up for one account, and the files that the code reads. */
export interface SnippetSet {
  readonly title: string;
  readonly files: readonly string[];
  readonly snippets: readonly Snippet[];
}

/** The snippets of an account; undefined for wires that no published client speaks. */
export function snippetsFor(provider: string, account: ShownAccount, base: string): SnippetSet | undefined {
  if (provider === 'wechat_pay') return wechatSnippets(account, base);
  return provider === 'alipay' ? alipaySnippets(account, base) : undefined;
}

/** Fetches the files that the snippets read. */
export function downloadLine(provider: string, { name }: ShownAccount, files: readonly string[], base: string): string {
  return `curl -sS --remote-name-all ${base}/__sandbox/accounts/${provider}/${String(name)}/{${files.join(',')}}`;
}
