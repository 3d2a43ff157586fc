/**
 * A gateway as this suite runs it: the one that ships, from `dist`, whose stores and providers are handed in with a probe
 * around them. The probe ends this process (or stops it, as SIGSTOP does) at the n-th passing of a named point.
 */
import 'reflect-metadata';
import { createGateway, methods, providers, providerTools, stopOnSignal } from '@hutong/gateway';
import { openStores } from '@hutong/payment-store';
import { readMasterKey, readSettings } from '@hutong/settings';
import pg from 'pg';
import { readPlan, type KillPlan } from './kill-plan.ts';
import { probedProvider, probedStores } from './kill-points.ts';
import { sabotagedProvider, sabotagedStores } from './saboteurs.ts';

const saboteur = process.env['SABOTEUR'];
let plan: KillPlan | undefined = readPlan(process.env['KP']);
let passed = 0;

function probe(point: string, side: 'before' | 'after'): Promise<void> | void {
  if (plan === undefined || plan.point !== point || plan.side !== side || ++passed !== plan.nth) return undefined;
  const { signal } = plan;
  plan = undefined;
  process.send?.({ type: 'hit', point, side });
  process.kill(process.pid, signal);
  // A killed process does not come here; a stopped one goes on from here when it is continued.
  return signal === 'SIGKILL' ? new Promise(() => undefined) : undefined;
}

/** Statements are points of their own, inside of transactions too: `sql`, before it is sent and once it is on its way. */
function probeStatements(): void {
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function probed(this: pg.Client, ...args: unknown[]) {
    void probe('sql', 'before');
    const answer = (query as (...args: unknown[]) => unknown).apply(this, args);
    void probe('sql', 'after');
    return answer;
  } as typeof query;
}

async function main(): Promise<void> {
  const settings = readSettings();
  const databaseUrl = settings.databaseUrl?.reveal() ?? '';
  probeStatements();
  const stores = await openStores({ databaseUrl, masterKey: readMasterKey(settings).reveal(), migrate: false });
  const app = await createGateway({
    settings,
    stores: probedStores(sabotagedStores(stores, saboteur), probe),
    providers: providers.map((it) => probedProvider(sabotagedProvider(it, saboteur), probe)),
    methods,
    tools: providerTools,
  });
  stopOnSignal({ app, stores, settings });
  await app.listen(settings.port, settings.host);
  process.send?.({ type: 'ready' });
}

process.on('message', (message: { readonly type: string; readonly plan?: KillPlan }) => {
  if (message.type === 'go') void begin();
  if (message.type !== 'arm') return;
  passed = 0;
  plan = message.plan;
  process.send?.({ type: 'armed' });
});
// Whoever started it is gone.
process.on('disconnect', () => process.exit(0));

async function begin(): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
}
