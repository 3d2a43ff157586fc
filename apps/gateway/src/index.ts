export { methods, providers } from './composition-root.js';
export { createGateway, type GatewayParts } from './gateway.js';
export { providerTools } from './provider-tools.js';
export { reconciliationPage } from './reconciliation/report.page.js';
