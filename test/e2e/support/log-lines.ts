/** What a gateway writes, line by line, for a test to read. */
export class LogLines {
  readonly text: string[] = [];

  write(line: string): void {
    this.text.push(line);
  }

  /** The lines with this message, parsed. */
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads the line as it is
  saying(message: string): readonly any[] {
    return this.text.map((line) => JSON.parse(line)).filter(({ msg }) => msg === message);
  }
}
