import { Inject, Injectable } from '@nestjs/common';
import {
  dayAt,
  daysAfter,
  listReconciliations,
  requestReconciliation,
  showReconciliation,
  type CoreContext,
  type DayOfProvider,
  type ReconciliationReport,
} from '@hutong/payment-core';
import { preferredLanguage } from '../http/language.js';
import type { GatewayReply, GatewayRequest } from '../http/request.js';
import { CORE } from '../tokens.js';
import type { DifferencesQuery, ReconciliationsQuery } from './reconciliation.query.js';
import { reconciliationPage } from './report.page.js';

const A_MONTH_DAYS = 30;

/** What the app's routes and the admin's share: the same days, seen by an app or by whoever runs them all. */
@Injectable()
export class ReconciliationsService {
  constructor(@Inject(CORE) private readonly core: CoreContext) {}

  async list(app: string, { provider, to, from }: ReconciliationsQuery) {
    const until = to ?? dayAt(this.core.clock.now());
    const range = { from: from ?? daysAfter(until, 1 - A_MONTH_DAYS), until };
    const data = await listReconciliations(this.core, { app, ...(provider !== undefined && { provider }), ...range });
    return { object: 'list' as const, data };
  }

  /** As JSON, or as a page where the caller rather reads HTML. */
  async show(day: DayOfProvider, query: DifferencesQuery, request: GatewayRequest, reply: GatewayReply) {
    const report = await showReconciliation(this.core, day, query);
    void reply.header('vary', 'accept, accept-language');
    if (!prefersHtml(request.headers.accept)) return report;
    void reply.type('text/html; charset=utf-8');
    return reconciliationPage(report, preferredLanguage(request.headers['accept-language']));
  }

  /** Made due; a worker takes it from here. True when the day is new. */
  async request(day: DayOfProvider): Promise<{ readonly created: boolean; readonly report: ReconciliationReport }> {
    const created = await requestReconciliation(this.core, day);
    return { created, report: await showReconciliation(this.core, day, { limit: 1 }) };
  }
}

/** JSON unless HTML is named before it. */
function prefersHtml(accept = ''): boolean {
  const [html, json] = [accept.indexOf('text/html'), accept.indexOf('application/json')];
  return html >= 0 && (json < 0 || html < json);
}
