import { parseArgs } from 'node:util';

/** Where TLS is answered when `--tls` names no port: 443 needs rights that a test tool should not ask for. */
const TLS_PORT = 4443;

export const HELP = `Usage: hutong-sandbox [--tls [port]] [--snapshot FILE]

Offline WeChat Pay, Alipay and wallet servers. No money moves.

  --tls [port]   answer with TLS too (default ${TLS_PORT}), as api.mch.weixin.qq.com, openapi.alipay.com and
                 their like, under a certification authority of its own that is kept in the data folder
  --snapshot FILE
                 keep trades, refunds and payers there: read at the start, written at the end (mode 600)
  -h, --help     this text

Environment:
  SANDBOX_PORT         port of plain HTTP (default 4000)
  SANDBOX_PUBLIC_URL   base of the addresses that are handed out
  HOST                 address to listen on (default 127.0.0.1)
  HUTONG_DATA_DIR      keys and accounts are kept in its folder sandbox
`;

export interface CommandLine {
  readonly help: boolean;
  /** undefined: no TLS. */
  readonly tlsPort: number | undefined;
  /** undefined: trades end with the process. */
  readonly snapshot: string | undefined;
}

/** @throws Error that says what was not understood */
export function readCommandLine(argv: readonly string[]): CommandLine {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: {
      tls: { type: 'boolean', default: false },
      snapshot: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
    allowPositionals: true,
  });
  const [port, ...more] = positionals;
  const stray = values.tls ? more[0] : port;
  if (stray !== undefined) throw new Error(`${stray}: not understood here. See hutong-sandbox --help.`);
  if (values.snapshot === '') throw new Error('--snapshot: the name of a file is needed.');
  return { help: values.help, tlsPort: values.tls ? portOf(port) : undefined, snapshot: values.snapshot };
}

function portOf(text: string | undefined): number {
  if (text === undefined) return TLS_PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw new Error(`--tls ${text}: a port from 1 to 65535 is needed.`);
  return port;
}
