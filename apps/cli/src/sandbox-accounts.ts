import { setTimeout } from 'node:timers/promises';
import { SANDBOX_REF, type AppSeed, type SeedFile, type SeedFileAccount } from '@hutong/payment-core';
import type { ProviderDefinition } from '@hutong/payment-port';
import { CannotRun } from './configuration.js';

const ASK_AGAIN_MS = 100;

type Settings = Readonly<Record<string, unknown>>;

/**
 * Turns `ref: sandbox` into real settings: the sandbox makes a merchant named after the app, or answers the one it made
 * before, and the provider reads it. All apps at once, because a new merchant means new RSA keys.
 * @throws CannotRun when the sandbox does not answer within `waitMs`
 */
export async function resolveAccounts(
  seeds: readonly SeedFile[],
  definitions: readonly ProviderDefinition[],
  sandboxUrl: string,
  waitMs = 0,
): Promise<readonly AppSeed[]> {
  const until = Date.now() + waitMs;
  const settingsOf = async (app: string, { provider, ref, settings }: SeedFileAccount): Promise<Settings> => {
    if (ref !== SANDBOX_REF) return settings ?? {};
    const definition = definitions.find(({ id }) => id === provider);
    if (definition === undefined) throw new Error(`Provider ${provider} is not part of this application.`);
    return definition.fromSandbox(await merchantAt({ sandboxUrl, until }, provider, app), sandboxUrl);
  };
  return Promise.all(
    seeds.map(async (seed) => {
      const { app } = seed;
      const accounts = seed.accounts.map(async (account) => ({
        provider: account.provider,
        ref: account.ref,
        settings: await settingsOf(app.id, account),
      }));
      return { ...seed, accounts: await Promise.all(accounts) };
    }),
  );
}

interface Sandbox {
  readonly sandboxUrl: string;
  /** How long a sandbox that does not answer yet is waited for. */
  readonly until: number;
}

async function merchantAt(sandbox: Sandbox, provider: string, name: string): Promise<Settings> {
  const answer = await ask(sandbox, { provider, name });
  const text = await answer.text();
  if (answer.ok) return JSON.parse(text) as Settings;
  throw new CannotRun(
    `The sandbox refused a ${provider} account for ${name} with ${answer.status}: ${text.slice(0, 300)}`,
  );
}

async function ask({ sandboxUrl, until }: Sandbox, body: Settings): Promise<Response> {
  try {
    return await fetch(`${sandboxUrl}/__sandbox/accounts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(60_000),
    });
  } catch {
    if (Date.now() < until) {
      await setTimeout(ASK_AGAIN_MS);
      return ask({ sandboxUrl, until }, body);
    }
    throw new CannotRun(
      `The seeds take their accounts from the sandbox, and none answers at ${sandboxUrl}: start it with \`npx hutong sandbox\`, or say where it is with SANDBOX_PUBLIC_URL.`,
    );
  }
}
