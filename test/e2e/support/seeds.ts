import { fileURLToPath } from 'node:url';
import { methods, providers } from '@hutong/gateway';
import type { AppSeed } from '@hutong/payment-core';
import { readSeedFiles, resolveAccounts } from '@hutong/cli';

const FOLDER = fileURLToPath(new URL('../../../prisma/seed/', import.meta.url));

/** Apps of the story as they are seeded, their accounts taken from a running sandbox. */
export function seedsForTests(sandboxUrl: string, apps: readonly string[]): Promise<readonly AppSeed[]> {
  const files = readSeedFiles(
    apps.map((app) => `${FOLDER}${app}.yaml`),
    { providers, methods },
  );
  return resolveAccounts(files, providers, sandboxUrl);
}
