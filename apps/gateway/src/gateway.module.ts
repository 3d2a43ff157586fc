import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { ThrottlerModule } from '@nestjs/throttler';
import type { CoreContext } from '@hutong/payment-core';
import type { Settings } from '@hutong/settings';
import { AdminAccountsController } from './admin/admin-accounts.controller.js';
import { AdminAppsController } from './admin/admin-apps.controller.js';
import { AdminAuditController } from './admin/admin-audit.controller.js';
import { AdminDiagnosisController } from './admin/admin-diagnosis.controller.js';
import { AdminKeysController } from './admin/admin-keys.controller.js';
import { AdminOptionsController } from './admin/admin-options.controller.js';
import { AdminReconciliationsController } from './admin/admin-reconciliations.controller.js';
import { AdminRolloutsController } from './admin/admin-rollouts.controller.js';
import { InstallationKeysController } from './admin/installation-keys.controller.js';
import { ApiKeyGuard } from './auth/api-key.guard.js';
import { FriendRequestsController } from './friends/friend-requests.controller.js';
import { HealthController } from './health/health.controller.js';
import { ProblemFilter } from './http/problem.filter.js';
import { validationPipe } from './http/validation.pipe.js';
import { PaymentMethodsController } from './methods/payment-methods.controller.js';
import { NotificationsController } from './notifications/notifications.controller.js';
import { PAGES } from './pages/pages.js';
import { PAGE_THROTTLING } from './pages/page-controller.js';
import { PaymentsController } from './payments/payments.controller.js';
import { ReconciliationsController } from './reconciliation/reconciliations.controller.js';
import { ReconciliationsService } from './reconciliation/reconciliations.service.js';
import { RefundsController } from './refunds/refunds.controller.js';
import { CORE, RESOLVE, SENDER, SETTINGS } from './tokens.js';
import { EventsController } from './webhooks/events.controller.js';
import { guardedSender, systemResolve } from './webhooks/guarded-sender.js';
import { WebhookEndpointsController } from './webhooks/webhook-endpoints.controller.js';
import { ReconciliationService } from './worker/reconciliation.service.js';
import { UpkeepService } from './worker/upkeep.service.js';
import { WebhookService } from './worker/webhook.service.js';
import { WorkerService } from './worker/worker.service.js';

const API = [
  PaymentMethodsController,
  PaymentsController,
  RefundsController,
  FriendRequestsController,
  WebhookEndpointsController,
  EventsController,
  ReconciliationsController,
  NotificationsController,
  AdminAppsController,
  AdminAccountsController,
  AdminDiagnosisController,
  AdminKeysController,
  AdminOptionsController,
  AdminRolloutsController,
  AdminReconciliationsController,
  AdminAuditController,
  InstallationKeysController,
];

/** The gateway's two halves in one module: the API, and the worker beside it. A lone worker still answers health. */
@Module({})
export class GatewayModule {
  static forRoot(core: CoreContext, settings: Settings, own: readonly Type[] = []): DynamicModule {
    return {
      module: GatewayModule,
      imports: [TerminusModule.forRoot({ logger: false }), ThrottlerModule.forRoot(PAGE_THROTTLING)],
      controllers:
        settings.role === 'worker' ? [HealthController] : [HealthController, ...API, ...PAGES.controllers, ...own],
      providers: [
        { provide: CORE, useValue: core },
        { provide: SETTINGS, useValue: settings },
        { provide: APP_GUARD, useClass: ApiKeyGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useFactory: validationPipe },
        ...PAGES.providers,
        { provide: RESOLVE, useValue: systemResolve },
        { provide: SENDER, useValue: guardedSender({ development: !settings.production }) },
        ReconciliationsService,
        WorkerService,
        WebhookService,
        ReconciliationService,
        UpkeepService,
      ],
    };
  }
}
