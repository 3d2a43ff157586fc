import fastifyCookie from '@fastify/cookie';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { observedStores, pageLinks, ProviderDirectory, type CoreContext, type Stores } from '@hutong/payment-core';
import type { ProviderDefinition, ProviderTools, SharedMethod } from '@hutong/payment-port';
import type { Settings } from '@hutong/settings';
import { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { GatewayModule } from './gateway.module.js';
import { refuseAddressesWithNul } from './http/addresses.js';
import { BODY_LIMIT, registerBodyParsers } from './http/body-parsers.js';
import type { FastLane } from './http/fast-lane/fast-lane.js';
import { openFastLanes } from './http/fast-lane/open-fast-lanes.js';
import { sendProblem } from './http/problem.filter.js';
import { requestIds } from './http/request-ids.js';
import type { GatewayReply, GatewayRequest } from './http/request.js';
import { Draining, endConnectionsWhile } from './lifecycle/draining.js';
import { letGoOfUnusedConnections } from './lifecycle/unused-connections.js';
import { loggerOptions } from './logging.js';
import { paymentMethodsLane } from './methods/payment-methods.lane.js';
import { registerGauges } from './observability/database-gauges.js';
import { GatewayObserver } from './observability/gateway-observer.js';
import { Metrics } from './observability/metrics.js';
import { serveMetricsPublicly } from './observability/serve-metrics.js';
import { watchRequests } from './observability/watch-requests.js';
import { serveOpenApi } from './openapi.js';
import { followSandboxClock, systemClock, type BusinessClock } from './time/business-clock.js';

export interface GatewayParts {
  readonly settings: Settings;
  readonly stores: Stores;
  readonly providers: readonly ProviderDefinition[];
  /** Options built over several providers; none when left out. */
  readonly methods?: readonly SharedMethod[];
  readonly tools: ProviderTools;
  /** Routes of the application's own, behind the same keys. */
  readonly controllers?: readonly Type[];
  /** Shorter ways through busy routes; those of the gateway when left out. */
  readonly lanes?: (core: CoreContext) => readonly FastLane[];
  /** Where log lines go instead of standard output. */
  readonly logs?: { write(line: string): void };
}

/** The routes that every checkout calls. */
export const gatewayLanes = (core: CoreContext): readonly FastLane[] => [paymentMethodsLane(core)];

/** Builds the gateway out of its parts; the caller listens and closes. Closing lets go of the clock, not of the stores. */
export async function createGateway({
  settings,
  stores,
  providers,
  methods = [],
  tools,
  controllers = [],
  lanes = gatewayLanes,
  logs,
}: GatewayParts): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    trustProxy: settings.trustedProxies.length > 0 && [...settings.trustedProxies],
    genReqId: requestIds(),
    // A logger of its own for each request costs more than its key; what is logged about a request names it.
    childLoggerFactory: (parent: FastifyBaseLogger) => parent,
    requestTimeout: 30_000,
    frameworkErrors: (error: Error, request: GatewayRequest, reply: GatewayReply) => sendProblem(error, request, reply),
    // A request that came in before the door was shut is answered; what comes later finds it shut.
    return503OnClosing: false,
    logger: loggerOptions(settings, logs),
    logController: new LogController({ disableRequestLogging: true }),
  });
  const log = adapter.getInstance().log as FastifyBaseLogger;
  const clock = await businessClock(settings, log);
  const metrics = new Metrics();
  const observer = new GatewayObserver(log, metrics);
  const core: CoreContext = {
    stores: observedStores(stores, observer),
    clock,
    providers: new ProviderDirectory({ providers, methods }, tools, clock, observer),
    observer,
    notifyUrl: (provider, accountId) => `${settings.publicUrl}/notifications/${provider}/${accountId}`,
    links: pageLinks(settings.publicUrl),
    report: (error, details) => log.warn({ err: error, ...details }, 'needs attention'),
  };
  const app = await NestFactory.create<NestFastifyApplication>(
    GatewayModule.forRoot(core, settings, controllers, metrics),
    adapter,
    {
      bodyParser: false,
      logger: ['error', 'warn', 'fatal'],
    },
  );
  adapter.getInstance().addHook('onClose', async () => clock.stop());
  const draining = app.get(Draining);
  watchRequests(app, metrics, core.providers);
  endConnectionsWhile(draining, app);
  letGoOfUnusedConnections(adapter.getInstance() as unknown as FastifyInstance);
  registerGauges(metrics.registry, core, () => draining.begun);
  if (settings.metricsPort === undefined) serveMetricsPublicly(app, metrics.registry);
  await app.register(fastifyCookie);
  registerBodyParsers(app);
  refuseAddressesWithNul(app);
  openFastLanes(app, lanes(core), stores, draining);
  if (settings.role !== 'worker') serveOpenApi(app, settings.publicUrl);
  return app;
}

function businessClock(settings: Settings, log: FastifyBaseLogger): Promise<BusinessClock> | BusinessClock {
  if (settings.clock === 'system') return systemClock;
  return followSandboxClock(settings.sandboxPublicUrl, (error) =>
    log.warn({ err: error }, 'the sandbox clock does not answer'),
  );
}
