import type { Configuration } from './configuration.js';
import type { Keys } from './keys-file.js';

/**
 * The keys of the file, those that still open something kept, and new ones for what has none.
 * @returns the keys and the names of those that were made
 */
export async function ensureKeys(
  configuration: Pick<Configuration, 'accepts' | 'createKey'>,
  held: Keys,
  apps: readonly string[],
): Promise<{ readonly keys: Keys; readonly made: readonly string[] }> {
  const made: string[] = [];
  const ensure = async (key: string | undefined, app: string | null): Promise<string> => {
    if (key !== undefined && (await configuration.accepts(key, app))) return key;
    made.push(app ?? 'admin');
    return (await configuration.createKey(app, app === null ? 'owner' : 'merchant')).key;
  };
  const admin = await ensure(held.admin, null);
  const ensured: Record<string, string> = { ...held.apps };
  for (const app of apps) ensured[app] = await ensure(held.apps[app], app);
  return { keys: { admin, apps: ensured }, made };
}
