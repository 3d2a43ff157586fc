import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** `// @ts-expect-error TS2741`: the code that the next line must fail with. */
const MARKER = /^\s*\/\/ @ts-expect-error (TS\d+)$/;

const root = resolve(import.meta.dirname, '..');
const probes = globSync('libs/*/src/*.probes.spec.ts', { cwd: root }).map((path) => resolve(root, path));

const config = ts.readConfigFile(resolve(root, 'tsconfig.json'), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent({ ...config.config, files: [], include: [] }, ts.sys, root);

/** The compiler's errors in these files, as `line: TS code`, after each text went through `edit`. */
function errorsIn(files: readonly string[], edit: (text: string) => string): Map<string, string[]> {
  const host = ts.createCompilerHost(options);
  const read = host.readFile.bind(host);
  host.readFile = (path) => {
    const text = read(path);
    return text !== undefined && files.includes(resolve(path)) ? edit(text) : text;
  };
  const program = ts.createProgram(files, options, host);
  const errorsOf = (file: ts.SourceFile) =>
    [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ start = 0, code }) => `${file.getLineAndCharacterOfPosition(start).line + 1}: TS${code}`,
    );
  return new Map(
    program
      .getSourceFiles()
      .flatMap((file) => (files.includes(resolve(file.fileName)) ? [[file.fileName, errorsOf(file)]] : [])),
  );
}

/** Keeps the line, so that numbers stay, and takes the marker away. */
function withoutMarkers(text: string): string {
  return text
    .split('\n')
    .map((line) => (MARKER.test(line) ? '//' : line))
    .join('\n');
}

/** What the markers promise: the code, on the line below. */
function promised(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      const code = MARKER.exec(line)?.[1];
      return code === undefined ? [] : [`${index + 2}: ${code}`];
    });
}

describe('the compile-time probes', () => {
  it('are there: the port and the state table have theirs', () => {
    expect(probes.length).toBeGreaterThanOrEqual(2);
    for (const path of probes) expect(promised(path).length, path).toBeGreaterThanOrEqual(3);
  });

  it('fail to compile exactly where, and exactly how, they say', { timeout: 60_000 }, () => {
    const errors = errorsIn(probes, withoutMarkers);
    for (const path of probes) expect(errors.get(path), path).toEqual(promised(path));
  });

  it('compile as they are written', { timeout: 60_000 }, () => {
    const errors = errorsIn(probes, (text) => text);
    for (const path of probes) expect(errors.get(path), path).toEqual([]);
  });
});
