import { installedMethods, type Installation, type SeedFile } from '@hutong/payment-core';

/**
 * A line for each option whose method this application does not have. Such options are off; they may wait for a module, or
 * be slips of the pen, and only people can tell.
 */
export function notesOnAbsentMethods(
  seeds: readonly Pick<SeedFile, 'app' | 'options'>[],
  installation: Installation,
): readonly string[] {
  const installed = installedMethods(installation);
  return seeds.flatMap(({ app, options }) =>
    options
      .filter(({ method }) => !installed.includes(method))
      .map(({ method }) => `warning: ${method} of ${app.id} is not part of this application; it can only be off`),
  );
}
