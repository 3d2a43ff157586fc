// oxlint-disable oxc/no-async-endpoint-handlers -- this is Fastify, which awaits its handlers; the rule is about Express
import type { FastifyInstance, FastifyReply } from 'fastify';
import { ControlError } from '../frame/control-error.js';
import type { Frame } from '../frame/frame.js';
import { PROVIDERS } from '../frame/provider.js';
import type { Snapshots } from '../frame/snapshots.js';
import { tradeView } from '../frame/trade.js';
import type { ConnectedWire } from '../frame/wire.js';
import { registerAccountFiles } from './account-files.js';
import { books } from './books.js';
import { accountWish, clockCommand, openCommand, payCommand, switchCommand } from './commands.js';
import { faultPlan } from './fault-plan.js';
import { bodyFields, oneOf } from './fields.js';
import { refuseStrangers } from './loopback.js';
import { openInWallet } from './open-in-wallet.js';
import { registerOutcomes } from './outcome-table.js';
import { registerPayerCodes } from './payer-codes.js';
import { registerRefundResults } from './refund-results.js';

type Query = { readonly Querystring: Readonly<Record<string, string | undefined>> };
type ByName = { readonly Params: { readonly provider: string; readonly name: string } };
type ById = { readonly Params: { readonly id: string } };

/** The control surface under `/__sandbox`: loopback only, JSON, errors as problem documents. */
export function registerControl(
  scope: FastifyInstance,
  frame: Frame,
  wires: readonly ConnectedWire[],
  snapshots: Snapshots,
): void {
  scope.addHook('onRequest', async (request) => refuseStrangers(request.socket.remoteAddress));
  scope.setErrorHandler((error, _request, reply) => problem(reply, error));
  scope.setNotFoundHandler(async (request) => {
    throw new ControlError(404, `No ${request.method} ${request.url} here. See DESIGN §7 or the sandbox's README.`);
  });

  scope.get('/accounts', () => frame.accounts.showAll());
  scope.post('/accounts', async (request) => {
    const { provider, wish } = accountWish(bodyFields(request.body));
    return frame.accounts.show(provider, await frame.accounts.create(provider, wish));
  });
  scope.post<ByName>('/accounts/:provider/:name/rotate', async ({ params }) => {
    const provider = oneOf(params, 'provider', PROVIDERS);
    return frame.accounts.show(provider, await frame.accounts.rotate(provider, params.name));
  });
  scope.post<ByName>('/accounts/:provider/:name/switch', async ({ params, body }) => {
    const provider = oneOf(params, 'provider', PROVIDERS);
    const switched = frame.accounts.switchKeys(provider, params.name, switchCommand(bodyFields(body)));
    // A snapshot fits the accounts that it was written beside.
    snapshots.write();
    return frame.accounts.show(provider, switched);
  });
  registerAccountFiles(scope, frame);
  scope.post('/open', async (request) => {
    const { action, payer, pageUrl } = openCommand(bodyFields(request.body));
    return { data: tradeView(await openInWallet(wires, action, payer, pageUrl)) };
  });
  scope.get<Query>('/trades', async ({ query: { provider, reference } }) => {
    const filter = { ...(provider && { provider }), ...(reference && { reference }) };
    return { data: frame.trades.list(filter).map(tradeView) };
  });
  scope.post<ById>('/trades/:id/pay', async (request) => {
    const trade = frame.trades.byId(request.params.id);
    const result = await frame.cashier.pay(trade, payCommand(bodyFields(request.body)));
    return { data: tradeView(trade), result };
  });
  registerPayerCodes(scope, wires);
  registerOutcomes(scope);
  registerRefundResults(scope, frame.trades, wires);
  scope.get('/faults', async () => ({ seed: frame.faults.seed, rules: frame.faults.rules() }));
  scope.put('/faults', async (request) => {
    const { seed, rules } = faultPlan(bodyFields(request.body), frame.faults);
    frame.faults.set(rules, seed);
    return { seed, rules };
  });
  scope.get('/clock', async () => clockView(frame));
  scope.put('/clock', async (request) => {
    const command = clockCommand(bodyFields(request.body));
    await ('now' in command ? frame.clock.set(command.now) : frame.clock.advance(command.advanceMs));
    return clockView(frame);
  });
  scope.post('/snapshot', async () => {
    const written = snapshots.write();
    if (written === undefined) throw new ControlError(409, 'There is no file for it: start with --snapshot FILE.');
    return written;
  });
  scope.get('/books', async () => books(frame));
  scope.get('/requests', async () => ({ data: frame.requests.all() }));
  scope.get('/notifications', async () => ({ data: frame.notifier.deliveries() }));
}

function clockView({ clock }: Frame): Readonly<Record<string, unknown>> {
  return { now: clock.now().toISOString(), offset_ms: clock.offsetMs };
}

function problem(reply: FastifyReply, error: unknown): FastifyReply {
  const { status, title, detail } =
    error instanceof ControlError
      ? error
      : { status: statusOf(error), title: 'Error', detail: error instanceof Error ? error.message : String(error) };
  return reply.code(status).type('application/problem+json').send(JSON.stringify({ status, title, detail }));
}

/** Fastify's own refusals (a body too large) know their status. */
function statusOf(error: unknown): number {
  const status = (error as { readonly statusCode?: unknown }).statusCode;
  return typeof status === 'number' ? status : 500;
}
