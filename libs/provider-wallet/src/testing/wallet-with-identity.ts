import { OutcomeUnknown, Rejected, type ProviderDefinition, type ProviderTools } from '@hutong/payment-port';
import type { ContractHarness } from '@hutong/provider-contract';
import { sendHttp } from '@hutong/provider-kit';

const AT = { provider: 'wallet', operation: 'identity' } as const;
const ORIGIN = 'https://wallet.example.com';

/** What a careful reader of identities looks at; a mutant leaves one of these out. */
export const IDENTITY_CARES = ['way_back', 'state', 'payer', 'secret', 'reach', 'status', 'words'] as const;

export type IdentityCare = (typeof IDENTITY_CARES)[number];

/** A wallet whose own browser says who is there: one unsigned exchange of a code. */
export function withIdentity(wallet: ProviderDefinition, without?: IdentityCare): ProviderDefinition {
  const cares = (care: IdentityCare) => care !== without;
  return {
    ...wallet,
    connect: (settings, tools) => ({
      ...wallet.connect(settings, tools),
      identity: {
        authorizeUrl: ({ returnUrl, state }) => {
          if (state.length > 128 && cares('state')) throw rejected('invalid_request', 'The state is too long.');
          const query = { to: cares('way_back') ? returnUrl : new URL(returnUrl).origin, state };
          return `${ORIGIN}/sign-in?${new URLSearchParams(query).toString()}`;
        },
        payerOf: (code) => payerOf(tools, code, cares),
      },
    }),
  };
}

async function payerOf(tools: ProviderTools, code: string, cares: (care: IdentityCare) => boolean): Promise<string> {
  const url = `${ORIGIN}/who?${new URLSearchParams({ code }).toString()}`;
  const { status, body } = await sent(tools, url, cares('reach'));
  if (status !== 200 && cares('status')) throw new OutcomeUnknown('No answer.', AT);
  const said = read(body.toString()) ?? (cares('status') ? {} : { error: 'code' });
  if (said.error === 'code') throw rejected('payer_unfit', cares('words') ? 'The code.' : `The code ${code}.`);
  if (said.error === 'secret') throw rejected(cares('secret') ? 'invalid_configuration' : 'payer_unfit', 'The secret.');
  if (said.payer === undefined) throw new OutcomeUnknown('Nobody named.', AT);
  return cares('payer') ? said.payer : said.payer.toUpperCase();
}

async function sent(tools: ProviderTools, url: string, careful: boolean) {
  try {
    return await sendHttp(tools, { method: 'GET', url, headers: {} }, AT);
  } catch (error) {
    throw careful ? error : new OutcomeUnknown('No answer.', AT);
  }
}

function read(text: string): { readonly error?: string; readonly payer?: string } | undefined {
  try {
    return JSON.parse(text) as { error?: string; payer?: string };
  } catch {
    return undefined;
  }
}

function rejected(reason: 'invalid_request' | 'payer_unfit' | 'invalid_configuration', words: string): Rejected {
  return new Rejected(words, { ...AT, reason, code: 'X' });
}

/** The wallet's side of it, beside what the wallet has anyway. */
export function identityHarness(harness: ContractHarness): ContractHarness {
  return {
    ...harness,
    payerId: 'payer-1',
    wire: (account, clock) => {
      const wire = harness.wire(account, clock);
      return {
        ...wire,
        understand: (sent) => wire.understand(sent),
        answer: (call, truth, forgery) => {
          if (call.operation !== 'identity') return wire.answer(call, truth, forgery);
          if (truth.is === 'signed_in') return { status: 200, body: JSON.stringify({ payer: truth.payer }) };
          if (truth.is === 'in_trouble') return { status: 500, body: '{"error":"trouble"}' };
          return { status: 200, body: JSON.stringify({ error: truth.is === 'secret_refused' ? 'secret' : 'code' }) };
        },
      };
    },
  };
}
