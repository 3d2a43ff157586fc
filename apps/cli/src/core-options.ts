import {
  changeOptions,
  checkoutShape,
  exportApp,
  notFound,
  PointerSpot,
  replayDocument,
  replayOptions,
  rollBackOptions,
  StaleVersion,
  verifyAudit,
  type CoreContext,
  type OptionsChange,
  type ReplaySource,
} from '@hutong/payment-core';
import { CannotRun } from './configuration.js';
import type { OptionsConfiguration, ReplayCheckouts, VersionedChange } from './options-configuration.js';
import { BY } from './store-configuration.js';

/** Options through the use cases themselves, for when no gateway runs. */
export function optionsOfCore(core: CoreContext): OptionsConfiguration {
  return {
    exportApp: (app) => exportApp(core, app),
    async listVersions(app) {
      const versions = await core.stores.config.listOptionVersions(app);
      if (versions.length === 0) throw notFound('app');
      return versions;
    },
    changeOptions: (app, wanted, change) => unlessStale(changeOptions(core, app, wanted, changeBy(change))),
    rollBack: (app, version, change) => {
      const by = changeBy({ ...change, reason: change.reason ?? `back to version ${version}` });
      return unlessStale(rollBackOptions(core, app, version, by));
    },
    replay: async (app, against, checkouts) =>
      replayDocument(await replayOptions(core, app, against, sourceOf(checkouts))),
    listAudit: (query) => core.stores.audit.listEntries(query),
    verifyAudit: () => verifyAudit(core),
  };
}

function changeBy({ expected, dryRun = false, reason }: VersionedChange): OptionsChange {
  return { expected, dryRun, by: { ...BY, ...(reason !== undefined && { reason }) } };
}

async function unlessStale<T>(change: Promise<T>): Promise<T> {
  try {
    return await change;
  } catch (error) {
    if (error instanceof StaleVersion) throw new CannotRun(`${error.message} Somebody else was faster: run it again.`);
    throw error;
  }
}

function sourceOf(checkouts: ReplayCheckouts): ReplaySource {
  if ('from' in checkouts) return { from: new Date(checkouts.from), until: new Date(checkouts.until) };
  return { checkouts: checkouts.checkouts.map((it) => checkoutOf(it)) };
}

/** @throws CannotRun; the command has read them by the same shape before */
function checkoutOf(json: object) {
  const spot = new PointerSpot();
  const checkout = checkoutShape(json, spot);
  if (checkout !== undefined) return checkout;
  throw new CannotRun(spot.problems.map(({ pointer, message }) => `${pointer} ${message}`).join('\n'));
}
