import { CannotRun, type Configuration } from '../configuration.js';

/** @throws CannotRun naming the apps that there are */
export async function requireApp(
  configuration: Pick<Configuration, 'listApps'>,
  app: string,
  also: readonly string[] = [],
): Promise<void> {
  const known = [...(await configuration.listApps()), ...also];
  if (!known.includes(app)) throw new CannotRun(`No app ${app}. There are ${known.join(', ')}.`);
}
