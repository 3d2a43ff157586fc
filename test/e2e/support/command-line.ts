import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hutong } from '@hutong/cli';
import { vi } from 'vitest';
import type { World } from './world.js';

/**
 * The `hutong` command as somebody types it, on a running world, or on a database of its own where `gateway` is false;
 * what it prints comes back as text.
 */
export function commandLine(
  world: World,
  { gateway = true, key = world.admin.key }: { readonly gateway?: boolean; readonly key?: string } = {},
) {
  const dataDir = mkdtempSync(join(tmpdir(), 'hutong-cli-'));
  // Nobody listens on the discard port.
  const env = {
    HUTONG_DATA_DIR: dataDir,
    SANDBOX_PUBLIC_URL: world.sandboxUrl,
    HUTONG_PUBLIC_URL: 'http://127.0.0.1:9',
  };
  const connection = gateway ? ['--url', world.url, '--key', key] : [];
  return {
    dataDir,
    /** @throws what the command throws, which the real one prints before it ends with 1 */
    async run(...words: string[]): Promise<string> {
      const printed: string[] = [];
      const log = vi.spyOn(console, 'log').mockImplementation((line: unknown) => void printed.push(String(line)));
      const before = { ...process.env };
      Object.assign(process.env, env);
      // A suite on a server of its own must not seed that server's database.
      delete process.env['DATABASE_URL'];
      try {
        await hutong().parseAsync([...words, ...connection], { from: 'user' });
      } finally {
        log.mockRestore();
        process.env = before;
      }
      return printed.join('\n');
    },
  };
}
