import type { CoreContext } from './core-context.js';

/**
 * Lets each connection of this process do what it has to do now and then. What a connection learns lives in its process, so
 * every process keeps up its own.
 * @returns how many connections were due
 */
export async function keepUp({ providers, report }: Pick<CoreContext, 'providers' | 'report'>): Promise<number> {
  const due = providers.connections().flatMap(({ payee, upkeep }) => (upkeep?.isDue() ? [{ payee, upkeep }] : []));
  await Promise.all(
    due.map(({ payee, upkeep }) => upkeep.run().catch((error: unknown) => report(error, { doing: 'upkeep', payee }))),
  );
  return due.length;
}
