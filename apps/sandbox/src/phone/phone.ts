// oxlint-disable oxc/no-async-endpoint-handlers -- this is Fastify, which awaits its handlers; the rule is about Express
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refuseStrangers } from '../control/loopback.js';
import { ControlError } from '../frame/control-error.js';
import type { Frame } from '../frame/frame.js';
import { html } from '../frame/html.js';
import type { ConnectedWire } from '../frame/wire.js';
import { Choosing } from './choosing.js';
import { Looking } from './looking.js';
import { Opener } from './opening.js';
import { type ByTrade, Paying } from './paying.js';
import { People } from './people.js';
import { refuseOtherOrigins } from './same-origin.js';
import { Scanning } from './scanning.js';
import { PHONE_SCRIPT } from './script.js';
import { showScreen } from './shell.js';
import { Showing } from './showing.js';
import { keepLanguage, visitOf } from './visit.js';

/** The payer's phone at `/`, its pages under `/phone`: this machine only, as the control surface, for it moves money. */
export function registerPhone(scope: FastifyInstance, frame: Frame, wires: readonly ConnectedWire[]): void {
  const people = new People(frame.payers, wires);
  const scanning = new Scanning(frame, new Opener(wires, people));
  const [paying, showing] = [new Paying(frame, people), new Showing(frame, people)];
  const [looking, choosing] = [new Looking(frame, people), new Choosing(people)];
  guard(scope);
  scope.get('/', (request, reply) => scanning.home(request, reply));
  scope.post('/phone/scan', (request, reply) => scanning.scan(request, reply));
  scope.get('/phone/open-orders', (request, reply) => scanning.open(request, reply));
  scope.get<ByTrade>('/phone/trades/:id/pay', (request, reply) => paying.show(request, reply));
  scope.post<ByTrade>('/phone/trades/:id/pay', (request, reply) => paying.decide(request, reply));
  scope.get<ByTrade>('/phone/trades/:id/result', (request, reply) => paying.ended(request, reply));
  scope.get('/phone/code', (request, reply) => showing.show(request, reply));
  scope.get('/phone/till', (request, reply) => showing.till(request, reply));
  scope.get('/phone/orders', (request, reply) => looking.orders(request, reply));
  scope.get<ByTrade>('/phone/trades/:id', (request, reply) => looking.order(request, reply));
  scope.get('/phone/me', (request, reply) => choosing.show(request, reply));
  scope.post('/phone/me', (request, reply) => choosing.choose(request, reply));
  scope.post('/phone/people', (request, reply) => choosing.create(request, reply));
  scope.get('/phone/phone.js', (_request, reply) =>
    reply
      .headers({ 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' })
      .type('text/javascript; charset=utf-8')
      .send(PHONE_SCRIPT),
  );
}

/** Who may come in, and what they read who may not or who ask for what is not there. */
function guard(scope: FastifyInstance): void {
  scope.addHook('onRequest', async (request, reply) => {
    refuseStrangers(request.socket.remoteAddress, 'The phone');
    if (request.method === 'POST') refuseOtherOrigins(request.headers);
    keepLanguage(visitOf(request), reply);
  });
  scope.setErrorHandler((error, request, reply) => sorry(error, request, reply));
}

function sorry(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!(error instanceof ControlError)) throw error;
  const visit = visitOf(request);
  const title = visit.say('这样不行', 'That did not work');
  const content = html`<div class="alert" role="alert">
      <h2>${title}</h2>
      <p>${error.detail}</p>
    </div>
    <a class="button second" href="/">${visit.say('回到扫一扫', 'Back to the start')}</a>`;
  return showScreen(reply, visit, { title, content, status: error.status });
}
