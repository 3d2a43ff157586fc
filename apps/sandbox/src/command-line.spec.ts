import { describe, expect, it } from 'vitest';
import { HELP, readCommandLine } from './command-line.js';

describe('the command line', () => {
  it.each([
    [['--snapshot', 'state.json'], { help: false, tlsPort: undefined, snapshot: 'state.json' }],
    [[], { help: false, tlsPort: undefined }],
    [['--tls'], { help: false, tlsPort: 4443 }],
    [['--tls', '8443'], { help: false, tlsPort: 8443 }],
    [['-h'], { help: true, tlsPort: undefined }],
    [['--help'], { help: true, tlsPort: undefined }],
  ])('reads %j', (argv, read) => expect(readCommandLine(argv)).toEqual(read));

  it.each([
    [['8443']],
    [['--tls', '0']],
    [['--tls', '65536']],
    [['--tls', 'x']],
    [['--tls', '1', '2']],
    [['--tsl']],
    [['--snapshot', '']],
  ])('refuses %j', (argv) =>
    expect(() => readCommandLine(argv)).toThrow(/not understood|a port from|Unknown option|name of a file/),
  );

  it('explains each of its flags', () => {
    for (const flag of ['--tls [port]', '--snapshot FILE', '--help', 'SANDBOX_PORT', 'HUTONG_DATA_DIR'])
      expect(HELP).toContain(flag);
  });
});
