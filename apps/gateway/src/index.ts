export { methods, providers } from './composition-root.js';
export { describeApi } from './describe-api.js';
export { createGateway, gatewayLanes, type GatewayParts } from './gateway.js';
export { stopOnSignal } from './lifecycle/stop-on-signal.js';
export { metricsOf, serveMetricsApart } from './observability/serve-metrics.js';
export { providerTools } from './provider-tools.js';
export { CORE } from './tokens.js';
export { reconciliationPage } from './reconciliation/report.page.js';
