import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const exampleOf = (name: string): string =>
  /```ts\n([^]*?)```/.exec(readFileSync(resolve(root, 'libs/client', name), 'utf8'))?.[1] ?? '';

/** What a reader has around the example: a request of Node's, and its body. */
const AROUND = `
declare const request: import('node:http').IncomingMessage;
declare const rawBody: Buffer;
`;

/** The compiler's complaints about this text as a file of the client. */
function complaints(text: string): string[] {
  const path = resolve(root, 'libs/client/src/readme-example.ts');
  const config = ts.readConfigFile(resolve(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config.config, files: [], include: [] }, ts.sys, root);
  const host = ts.createCompilerHost({ ...options, noUnusedLocals: false });
  const [exists, read] = [host.fileExists.bind(host), host.readFile.bind(host)];
  host.fileExists = (name) => resolve(name) === path || exists(name);
  host.readFile = (name) => (resolve(name) === path ? text + AROUND : read(name));
  const program = ts.createProgram([path], { ...options, noUnusedLocals: false }, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

describe("the client's README", () => {
  it('shows an example that compiles, and would not with a field of another name', { timeout: 60_000 }, () => {
    const example = exampleOf('README.md');
    expect(complaints(example)).toEqual([]);
    expect(complaints(example.replace('order_no:', 'order_number:'))).not.toEqual([]);
  });

  it('shows the same example in both languages', () => {
    expect(exampleOf('README.zh-CN.md')).toBe(exampleOf('README.md'));
  });
});
