import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The key of each app, by its id. */
export type ShopKeys = Readonly<Record<string, string>>;

/** Something that the person at the terminal can mend, in one sentence. */
export class CannotOpen extends Error {
  override readonly name = 'CannotOpen';
}

/** Reads what `npm start` wrote. @throws CannotOpen */
export function readShopKeys(dataDir: string): ShopKeys {
  const path = join(dataDir, 'keys.json');
  try {
    const { apps } = JSON.parse(readFileSync(path, 'utf8')) as { readonly apps?: unknown };
    if (isKeys(apps)) return apps;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new CannotOpen(`No ${path}: run \`npm start\`, or \`npx hutong seed\` beside your own gateway.`, {
        cause: error,
      });
  }
  throw new CannotOpen(`${path} is not a keys file: move it away, and run \`npx hutong seed\`.`);
}

function isKeys(value: unknown): value is ShopKeys {
  return typeof value === 'object' && value !== null && Object.values(value).every((key) => typeof key === 'string');
}
