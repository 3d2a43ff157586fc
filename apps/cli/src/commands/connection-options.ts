import type { Command } from 'commander';

/** The options of every command that talks to a gateway. */
export function withConnection(command: Command): Command {
  return command
    .option('--url <url>', 'the gateway to ask (default: HUTONG_PUBLIC_URL; the store itself when none answers there)')
    .option('--key <key>', 'its admin key (default: the one of keys.json in the data directory)');
}
