/**
 * What the gateway's merchant routes take and answer, by path.
 * Generated from its OpenAPI document: `npm run generate:client` writes this file.
 */
export interface paths {
  '/v1/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Events, newest first, page by page */
    get: operations['EventsController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/events/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One event, with the log of its deliveries */
    get: operations['EventsController_show'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/events/{id}/redeliver': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Send one event again, with the id and bytes that it always had */
    post: operations['EventsController_redeliver'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/events/redeliver': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Send again what happened in a span of time, behind what is live */
    post: operations['EventsController_redeliverRange'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/friend-requests/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One friend request */
    get: operations['FriendRequestsController_show'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/friend-requests/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Take a request back; its friends' tries are closed at the wallet first */
    post: operations['FriendRequestsController_cancel'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/payment-methods': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The payer's options in this app's own order; explain=true judges every known method */
    get: operations['PaymentMethodsController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/payments': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The payment of an order number, as a list of none or one */
    get: operations['PaymentsController_list'];
    put?: never;
    /** Create a payment; with `attempt`, start it in the same call */
    post: operations['PaymentsController_create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/payments/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One payment; refresh=true asks the provider first */
    get: operations['PaymentsController_show'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/payments/{id}/attempts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Try to pay with a method in a scene; answers what the payer does next */
    post: operations['PaymentsController_attempt'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/payments/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Close an open payment, at the provider first */
    post: operations['PaymentsController_cancel'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/payments/{id}/friend-requests': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Ask a friend to pay: a link, a picture and a text code to share */
    post: operations['FriendRequestsController_create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/payments/{id}/options': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What the payer of this payment was shown, by which version, and why not the rest */
    get: operations['PaymentsController_options'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/payments/{id}/refunds': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Send money back, in part or whole; several partial refunds may be in flight */
    post: operations['RefundsController_create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/reconciliations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Days and how they stand, newest first */
    get: operations['ReconciliationsController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/reconciliations/{provider}/{date}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One day: matched, differences and sums; as a page for `Accept: text/html` */
    get: operations['ReconciliationsController_show'];
    put?: never;
    /** Reconcile a day now; look at it again until it is not `running` */
    post: operations['ReconciliationsController_request'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/refunds/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One refund */
    get: operations['RefundsController_show'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/text-codes/resolve': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** The friend request whose code stands in a pasted text */
    post: operations['FriendRequestsController_resolve'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/webhook-endpoints': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The endpoints of the app, oldest first */
    get: operations['WebhookEndpointsController_list'];
    put?: never;
    /** Make an endpoint; the answer is the only time its secret is shown */
    post: operations['WebhookEndpointsController_create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/webhook-endpoints/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One endpoint */
    get: operations['WebhookEndpointsController_show'];
    put?: never;
    post?: never;
    /** Delete an endpoint and its keys; what it was sent stays on record */
    delete: operations['WebhookEndpointsController_remove'];
    options?: never;
    head?: never;
    /** Change what is named; disabling gives up what is on its way */
    patch: operations['WebhookEndpointsController_change'];
    trace?: never;
  };
  '/v1/webhook-endpoints/{id}/rotate-secret': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A new secret and key pair; the one before goes on signing for the overlap */
    post: operations['WebhookEndpointsController_rotate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/webhook-endpoints/{id}/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Send a `webhook.test` event to this endpoint alone */
    post: operations['WebhookEndpointsController_test'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    AccountDaySchema: {
      account_id: string;
      /** @description Why it failed. */
      code: string | null;
      /** Format: date-time */
      finished_at: string | null;
      /** Format: date-time */
      next_run_at: string | null;
      runs: number;
      /** Format: date-time */
      started_at: string | null;
      /** @enum {string} */
      status: 'running' | 'ready' | 'not_ready' | 'failed';
    };
    AttemptSchema: {
      /** @description Why it failed. */
      code: string | null;
      /** Format: date-time */
      created_at: string;
      /** Format: date-time */
      expires_at: string;
      /** @example att_0mgk2x1vQ7sJ4n8LzYtR2bWcKd */
      id: string;
      /** @example wechat_scan */
      method: string;
      next_action:
        | components['schemas']['InvokeSdkSchema']
        | components['schemas']['RedirectSchema']
        | components['schemas']['ShowQrCodeSchema']
        | components['schemas']['ShareLinkSchema']
        | components['schemas']['AwaitPayerSchema']
        | components['schemas']['NoActionSchema'];
      /** @enum {string} */
      object: 'attempt';
      /**
       * @description Whose wallet it is, also where the method may reach several. Null for one code for every wallet: whoever scans it pays with an attempt of their own, under the same method.
       * @example wechat_pay
       */
      provider: string | null;
      /** @description The number the provider knows. */
      reference: string;
      /** @enum {string} */
      scene: 'app' | 'mini_program' | 'mobile_web' | 'desktop_web' | 'wechat_web' | 'alipay_web' | 'in_store';
      /** @enum {string} */
      status: 'starting' | 'awaiting_payer' | 'unknown' | 'paid' | 'failed' | 'closed' | 'superseded';
    };
    AwaitPayerSchema: {
      /**
       * Format: date-time
       * @description Never later than the payment's own expiry.
       */
      expires_at: string;
      /** @description The payer confirms in the wallet. Ask for the payment with refresh=true after so long, and again. */
      poll_after_ms: number;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: 'await_payer';
    };
    ChangeWebhookEndpointDto: {
      /** @description Null takes it away. */
      description?: string | null;
      /** @description Disabling gives up what is on its way. */
      enabled?: boolean;
      /** @description Empty: every type. */
      event_types?: (
        | 'payment.created'
        | 'payment.attempt_opened'
        | 'payment.attempt_failed'
        | 'payment.paid'
        | 'payment.closed'
        | 'payment.overpaid'
        | 'payment.needs_review'
        | 'friend_request.created'
        | 'friend_request.held'
        | 'friend_request.canceled'
        | 'refund.created'
        | 'refund.succeeded'
        | 'refund.failed'
        | 'refund.needs_review'
        | 'rollout.held'
        | 'webhook_endpoint.disabled'
        | 'reconciliation.difference'
      )[];
      /** @example https://shop.example/hutong */
      url?: string;
    };
    CreateAttemptDto: {
      /**
       * @description The code that the payer shows, as it was scanned; `barcode` needs it and no other method takes it. Its prefix tells the wallet, and the rules of that wallet are judged then: 409 with the reason. The same code again is the same attempt, never charged twice; a new code closes the attempt before it. It is not kept, logged or answered.
       * @example 28763443825664394
       */
      auth_code?: string;
      /** @example wechat_pay */
      method: string;
      payer?: components['schemas']['PayerDto'];
      /** @enum {string} */
      scene: 'app' | 'mini_program' | 'mobile_web' | 'desktop_web' | 'wechat_web' | 'alipay_web' | 'in_store';
    };
    CreatedPaymentSchema: {
      /** @description Minor units (fen). */
      amount: number;
      /** @description The sum of refunds that succeeded. */
      amount_refunded: number;
      /** @description Oldest first. */
      attempts: components['schemas']['AttemptSchema'][];
      /**
       * Format: uri
       * @description The hosted cashier: send the payer there. Whoever has the address may see and pay this payment.
       */
      cashier_url: string;
      /** @enum {string|null} */
      closed_reason: 'canceled' | 'expired' | null;
      /** Format: date-time */
      created_at: string;
      /** @enum {string} */
      currency: 'CNY';
      description: string;
      /** Format: date-time */
      expires_at: string;
      /** @example pay_0mgk2x1vQ7sJ4n8LzYtR2bWcKd */
      id: string;
      metadata: {
        [key: string]: string;
      };
      /** @description The options, when the payment was created with a scene. */
      methods?: components['schemas']['MethodSchema'][];
      /** @enum {string} */
      object: 'payment';
      order_no: string;
      /** Format: date-time */
      paid_at: string | null;
      paid_with: components['schemas']['PaidWithSchema'] | null;
      /** @description Oldest first. */
      refunds: components['schemas']['RefundSchema'][];
      /** Format: uri */
      return_url: string | null;
      /** @enum {string|null} */
      scene: 'app' | 'mini_program' | 'mobile_web' | 'desktop_web' | 'wechat_web' | 'alipay_web' | 'in_store' | null;
      /** @enum {string} */
      status: 'open' | 'paid' | 'closed';
    };
    CreateFriendRequestDto: {
      /** @description Seconds; without it, and past it, the payment's expiry counts. */
      expires_in?: number;
      /**
       * @description One line from the owner to the friend.
       * @example 今晚的火锅，帮我付一下
       */
      message?: string;
      /** @example wechat_friend_pay */
      method: string;
    };
    CreatePaymentDto: {
      /**
       * @description Minor units (fen).
       * @example 1299
       */
      amount: number;
      /** @description Create and start in one call. */
      attempt?: components['schemas']['CreateAttemptDto'];
      /** @enum {string} */
      currency: 'CNY';
      /**
       * @description What the payer sees; a wire that takes fewer bytes gets its head.
       * @example 春笋 500 克
       */
      description: string;
      /**
       * @description Seconds.
       * @default 7200
       */
      expires_in?: number;
      metadata?: {
        [key: string]: string;
      };
      /**
       * @description The merchant's number; unique within the app for ever.
       * @example order-2026-0001
       */
      order_no: string;
      payer?: components['schemas']['PayerDto'];
      /** @description Where the payer's browser goes afterwards; one of the app's return origins. */
      return_url?: string;
      /**
       * @description When given, the answer carries the options of that scene.
       * @enum {string}
       */
      scene?: 'app' | 'mini_program' | 'mobile_web' | 'desktop_web' | 'wechat_web' | 'alipay_web' | 'in_store';
    };
    CreateRefundDto: {
      /**
       * @description Minor units, in the payment's currency.
       * @example 500
       */
      amount: number;
      reason?: string;
      /**
       * @description The merchant's number; unique within the app for ever.
       * @example refund-0001
       */
      refund_no: string;
    };
    CreateWebhookEndpointDto: {
      description?: string;
      /** @default true */
      enabled?: boolean;
      /** @description Left out or empty: every type. */
      event_types?: (
        | 'payment.created'
        | 'payment.attempt_opened'
        | 'payment.attempt_failed'
        | 'payment.paid'
        | 'payment.closed'
        | 'payment.overpaid'
        | 'payment.needs_review'
        | 'friend_request.created'
        | 'friend_request.held'
        | 'friend_request.canceled'
        | 'refund.created'
        | 'refund.succeeded'
        | 'refund.failed'
        | 'refund.needs_review'
        | 'rollout.held'
        | 'webhook_endpoint.disabled'
        | 'reconciliation.difference'
      )[];
      /**
       * @description https; outside production also http and loopback.
       * @example https://shop.example/hutong
       */
      url: string;
    };
    DeletedWebhookEndpointSchema: {
      deleted: boolean;
      id: string;
      /** @enum {string} */
      object: 'webhook_endpoint';
    };
    DeliveryAttemptSchema: {
      /**
       * Format: date-time
       * @description Real time.
       */
      at: string;
      duration_ms: number;
      /**
       * @description Why there was no whole answer.
       * @enum {string|null}
       */
      error:
        | 'url_refused'
        | 'address_refused'
        | 'lookup_failed'
        | 'not_connected'
        | 'tls_failed'
        | 'timed_out'
        | 'answer_cut_off'
        | null;
      /** @description HTTP status of a whole answer. Nothing else of an answer is kept. */
      status: number | null;
    };
    DeliverySchema: {
      /** @description Since it was last put on its way. */
      attempts: number;
      endpoint_id: string;
      id: string;
      /** @description Every exchange, oldest first. */
      log: components['schemas']['DeliveryAttemptSchema'][];
      /** Format: date-time */
      next_attempt_at: string | null;
      /**
       * @description `dead_letter`: given up until a redelivery is asked for.
       * @enum {string}
       */
      status: 'pending' | 'delivered' | 'dead_letter';
    };
    DifferenceSchema: {
      attempt_id: string | null;
      /** @description False: an earlier run found it, and the newest did not. */
      current: boolean;
      /** Format: date-time */
      found_at: string;
      /** @example dif_0mgk2x1vQ7sJ4n8LzYtR2bWcKd */
      id: string;
      /** @enum {string} */
      kind: 'missing_here' | 'missing_there' | 'amount' | 'state' | 'duplicate' | 'refund_without_payment' | 'foreign';
      /** @description What our books say; null where they say nothing. */
      ours: components['schemas']['SideSchema'] | null;
      payment_id: string | null;
      provider_reference: string | null;
      /** @description The attempt's number that the provider knows. */
      reference: string | null;
      refund_id: string | null;
      refund_reference: string | null;
      /**
       * @description What was done about it.
       * @enum {string|null}
       */
      resolution: 'settled' | 'owed' | 'confirmed' | 'review' | 'unanswered' | 'none' | null;
      /** Format: date-time */
      resolved_at: string | null;
      /** @enum {string} */
      subject: 'payment' | 'refund';
      /** @description What the statement says; null where it says nothing. */
      theirs: components['schemas']['SideSchema'] | null;
    };
    EventListSchema: {
      /** @description Newest first. */
      data: components['schemas']['EventSummarySchema'][];
      /** @description Pass it as `after` for the page that follows; null: there is none. */
      next: string | null;
      /** @enum {string} */
      object: 'list';
    };
    EventSchema: {
      app: string;
      /** Format: date-time */
      created_at: string;
      /** @description As in the message. */
      data: {
        [key: string]: unknown;
      };
      /** @description One per endpoint. */
      deliveries: components['schemas']['DeliverySchema'][];
      /**
       * @description The `webhook-id` of its messages.
       * @example evt_0mgk2x1vQ7sJ4n8LzYtR2bWcKd
       */
      id: string;
      /** @enum {string} */
      object: 'event';
      /** @description 1, 2, 3 … per payment; null for what happened to the app. */
      sequence: number | null;
      /** @example payment.paid */
      type: string;
    };
    EventSummarySchema: {
      app: string;
      /** Format: date-time */
      created_at: string;
      /** @description As in the message. */
      data: {
        [key: string]: unknown;
      };
      /**
       * @description The `webhook-id` of its messages.
       * @example evt_0mgk2x1vQ7sJ4n8LzYtR2bWcKd
       */
      id: string;
      /** @enum {string} */
      object: 'event';
      /** @description 1, 2, 3 … per payment; null for what happened to the app. */
      sequence: number | null;
      /** @example payment.paid */
      type: string;
    };
    ExcludedSchema: {
      message: string;
      method: string;
      /** @enum {string} */
      reason:
        | 'excluded_by_app'
        | 'switched_off'
        | 'not_configured'
        | 'pending_review'
        | 'not_in_rollout'
        | 'scene_unsupported'
        | 'currency_unsupported'
        | 'amount_below_min'
        | 'amount_above_max'
        | 'segment_excluded'
        | 'client_too_old'
        | 'outside_calendar'
        | 'environment_unfit'
        | 'account_missing'
        | 'provider_unavailable';
    };
    FeeSumSchema: {
      /** @description Minor units: what the provider kept less what it gave back. */
      amount: number;
    };
    FieldErrorSchema: {
      message: string;
      /**
       * @description JSON Pointer into the body, or the name of a header or query parameter.
       * @example /amount
       */
      pointer: string;
    };
    FriendCardSchema: {
      /**
       * Format: uri
       * @description A PNG: cards in WeChat take no SVG.
       */
      image_url: string;
      /** @example 春笋 500 克 ￥12.99 */
      text: string;
      /** @example 淘菜菜：帮我付一下 */
      title: string;
    };
    FriendRequestSchema: {
      /** Format: date-time */
      canceled_at: string | null;
      card: components['schemas']['FriendCardSchema'];
      /** Format: date-time */
      created_at: string;
      /**
       * Format: date-time
       * @description Never after the payment's.
       */
      expires_at: string;
      /**
       * Format: date-time
       * @description While claimed: until when.
       */
      held_until: string | null;
      /** @example fr_0mgk2x1vQ7sJ4n8LzYtR2bWcKd */
      id: string;
      message: string | null;
      /** @example wechat_friend_pay */
      method: string;
      /** @enum {string} */
      object: 'friend_request';
      /**
       * @description Whether this request's friend paid, or somebody else.
       * @enum {string|null}
       */
      paid_by: 'friend' | 'other' | null;
      payment_id: string;
      /**
       * Format: uri
       * @description The same address as a picture to scan.
       */
      qr_svg_url: string;
      /** @description A message around the text code, ready to be pasted into a chat. */
      share_text: string;
      /**
       * @description claimed: a friend is about to pay. paid, canceled and expired are for ever: the link is dead.
       * @enum {string}
       */
      status: 'open' | 'claimed' | 'paid' | 'canceled' | 'expired';
      /**
       * @description Where links cannot open: a text to resolve.
       * @example ￥0G7K2M9QXW4TB3AZ￥
       */
      text_code: string;
      /**
       * Format: uri
       * @description The page for the friend; share it.
       */
      url: string;
    };
    ImpressionListSchema: {
      data: components['schemas']['ImpressionSchema'][];
      /** @enum {string} */
      object: 'list';
    };
    ImpressionSchema: {
      /** @description The version of the app's options that decided. */
      config_version: number;
      excluded: components['schemas']['ExcludedSchema'][];
      id: string;
      /** @enum {string} */
      object: 'impression';
      /** @enum {string} */
      scene: 'app' | 'mini_program' | 'mobile_web' | 'desktop_web' | 'wechat_web' | 'alipay_web' | 'in_store';
      /** @description Methods in the order that the payer saw. */
      shown: string[];
      /** Format: date-time */
      shown_at: string;
      /** @description Every known method exactly once. */
      trace: components['schemas']['TraceSchema'][];
    };
    InvokeSdkSchema: {
      /**
       * Format: date-time
       * @description Never later than the payment's own expiry.
       */
      expires_at: string;
      /** @description Goes to the wallet's SDK untouched. */
      params: {
        [key: string]: string;
      };
      /** @enum {string} */
      sdk: 'wechat_app' | 'wechat_jsapi' | 'wechat_mini_program' | 'alipay_app' | 'alipay_jsapi';
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: 'invoke_sdk';
    };
    KeyedWebhookEndpointSchema: {
      /** Format: date-time */
      created_at: string;
      description: string | null;
      /**
       * @description `gone`: it answered 410. `failing`: nothing but failures for five days.
       * @enum {string|null}
       */
      disabled_reason: 'by_app' | 'gone' | 'failing' | null;
      enabled: boolean;
      /** @description Empty: every type, those of later versions too. */
      event_types: (
        | 'payment.created'
        | 'payment.attempt_opened'
        | 'payment.attempt_failed'
        | 'payment.paid'
        | 'payment.closed'
        | 'payment.overpaid'
        | 'payment.needs_review'
        | 'friend_request.created'
        | 'friend_request.held'
        | 'friend_request.canceled'
        | 'refund.created'
        | 'refund.succeeded'
        | 'refund.failed'
        | 'refund.needs_review'
        | 'rollout.held'
        | 'webhook_endpoint.disabled'
        | 'reconciliation.difference'
      )[];
      /**
       * Format: date-time
       * @description The first failure since the last success.
       */
      failing_since: string | null;
      /** @example whe_0mgk2x1vQ7sJ4n8LzYtR2bWcKd */
      id: string;
      /** @description What signs now, newest first. */
      keys: components['schemas']['WebhookKeySchema'][];
      /** @enum {string} */
      object: 'webhook_endpoint';
      /** @description `whpk_…` of the same key. */
      public_key: string;
      /** @description `whsec_` and 32 bytes as base64: verifies `v1` entries. Shown this once. */
      secret: string;
      /** @description In its canonical form. */
      url: string;
    };
    LineSumSchema: {
      /** @description Minor units. */
      amount: number;
      count: number;
    };
    MethodListSchema: {
      /** @description The version of the app's options that decided. */
      config_version: number;
      data: components['schemas']['MethodSchema'][];
      /** @description With explain=true. */
      excluded?: components['schemas']['ExcludedSchema'][];
      /** @enum {string} */
      object: 'list';
      /** @description With explain=true: every known method exactly once. */
      trace?: components['schemas']['TraceSchema'][];
    };
    MethodSchema: {
      badge: string | null;
      /** @description Below "more ways to pay". */
      folded: boolean;
      help: string | null;
      /** @enum {string} */
      kind: 'wallet' | 'scan' | 'code' | 'friend' | 'balance';
      /** @example wechat_pay */
      method: string;
      /** @description 1, 2, 3 … in the order the payer sees. */
      position: number;
      preselected: boolean;
      title: string;
    };
    NoActionSchema: {
      /**
       * Format: date-time
       * @description Never later than the payment's own expiry.
       */
      expires_at: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: 'none';
    };
    PaidWithSchema: {
      attempt_id: string;
      /** @example wechat_pay */
      method: string;
      /** Format: date-time */
      paid_at: string;
      provider: string;
      /** @description Theirs: the provider's number of the trade. */
      provider_reference: string;
      /** @description Ours: the number the provider knows. */
      reference: string;
    };
    PayerDto: {
      /** @description Your client's own id at the wallet: its mobile app's or its mini-program's. */
      client_app_id?: string;
      /**
       * @description The version of your client that the payer uses.
       * @example 8.2.0
       */
      client_version?: string;
      /** @description The merchant's own id of the payer. */
      id?: string;
      /** @description The payer's address; mobile_web with WeChat Pay needs it. */
      ip?: string;
      /** @description The payer's id at the wallet for this app id; wallet browsers and mini-programs need it. */
      openid?: string;
      /** @description Address of the page that shows the options; wallets check its domain. */
      page_url?: string;
      /**
       * @description The `Referrer-Policy` of that page.
       * @enum {string}
       */
      referrer_policy?:
        | 'no-referrer'
        | 'no-referrer-when-downgrade'
        | 'origin'
        | 'origin-when-cross-origin'
        | 'same-origin'
        | 'strict-origin'
        | 'strict-origin-when-cross-origin'
        | 'unsafe-url';
      /** @description Groups that you count the payer to; options may go by them. */
      segments?: string[];
      /** @description Of the payer's browser or web view; some options work in some only. */
      user_agent?: string;
    };
    PaymentListSchema: {
      data: components['schemas']['PaymentSchema'][];
      /** @enum {string} */
      object: 'list';
    };
    PaymentSchema: {
      /** @description Minor units (fen). */
      amount: number;
      /** @description The sum of refunds that succeeded. */
      amount_refunded: number;
      /** @description Oldest first. */
      attempts: components['schemas']['AttemptSchema'][];
      /**
       * Format: uri
       * @description The hosted cashier: send the payer there. Whoever has the address may see and pay this payment.
       */
      cashier_url: string;
      /** @enum {string|null} */
      closed_reason: 'canceled' | 'expired' | null;
      /** Format: date-time */
      created_at: string;
      /** @enum {string} */
      currency: 'CNY';
      description: string;
      /** Format: date-time */
      expires_at: string;
      /** @example pay_0mgk2x1vQ7sJ4n8LzYtR2bWcKd */
      id: string;
      metadata: {
        [key: string]: string;
      };
      /** @enum {string} */
      object: 'payment';
      order_no: string;
      /** Format: date-time */
      paid_at: string | null;
      paid_with: components['schemas']['PaidWithSchema'] | null;
      /** @description Oldest first. */
      refunds: components['schemas']['RefundSchema'][];
      /** Format: uri */
      return_url: string | null;
      /** @enum {string|null} */
      scene: 'app' | 'mini_program' | 'mobile_web' | 'desktop_web' | 'wechat_web' | 'alipay_web' | 'in_store' | null;
      /** @enum {string} */
      status: 'open' | 'paid' | 'closed';
    };
    ProblemSchema: {
      /**
       * @description Stable: clients switch on it.
       * @example invalid_request
       */
      code: string;
      /** @description For people: what to try instead. */
      detail: string;
      errors?: components['schemas']['FieldErrorSchema'][];
      /** @description Finds the request in the log. */
      request_id: string;
      status: number;
      title: string;
      /** @enum {string} */
      type: 'about:blank';
    };
    ReconciliationListSchema: {
      data: components['schemas']['ReconciliationSchema'][];
      /** @enum {string} */
      object: 'list';
    };
    ReconciliationReportSchema: {
      accounts: components['schemas']['AccountDaySchema'][];
      app: string;
      /**
       * Format: date
       * @description The provider's own day, in Beijing.
       */
      date: string;
      differences: components['schemas']['DifferenceSchema'][];
      /** @description Differences by kind. */
      found: {
        [key: string]: number;
      };
      /** @description There are more: ask with after, the id of the last one. */
      has_more: boolean;
      /** @description Lines of what is under way here. */
      in_flight: number | null;
      /** @description Lines that agree; null until it is ready. */
      matched: number | null;
      /** @enum {string} */
      object: 'reconciliation';
      provider: string;
      /** @description Differences that are left to people. */
      remaining: number | null;
      /**
       * @description Of all accounts together: ready when each is.
       * @enum {string}
       */
      status: 'running' | 'ready' | 'not_ready' | 'failed';
      sums: components['schemas']['TallySchema'] | null;
      /** @description Of ours, what only another day’s statement can tell. */
      waiting: number | null;
    };
    ReconciliationSchema: {
      accounts: components['schemas']['AccountDaySchema'][];
      app: string;
      /**
       * Format: date
       * @description The provider's own day, in Beijing.
       */
      date: string;
      /** @description Differences by kind. */
      found: {
        [key: string]: number;
      };
      /** @description Lines of what is under way here. */
      in_flight: number | null;
      /** @description Lines that agree; null until it is ready. */
      matched: number | null;
      /** @enum {string} */
      object: 'reconciliation';
      provider: string;
      /** @description Differences that are left to people. */
      remaining: number | null;
      /**
       * @description Of all accounts together: ready when each is.
       * @enum {string}
       */
      status: 'running' | 'ready' | 'not_ready' | 'failed';
      sums: components['schemas']['TallySchema'] | null;
      /** @description Of ours, what only another day’s statement can tell. */
      waiting: number | null;
    };
    RedeliverEventDto: {
      /** @description Left out: every enabled endpoint that subscribes to its type. */
      endpoint_id?: string;
    };
    RedeliverRangeDto: {
      /** @description Left out: every enabled endpoint. */
      endpoint_id?: string;
      /**
       * Format: date-time
       * @description Events created from here on …
       */
      from: string;
      /**
       * Format: date-time
       * @description … until before this moment.
       */
      to: string;
      /**
       * @description Leaves out what an endpoint has taken already.
       * @default false
       */
      undelivered_only?: boolean;
    };
    RedeliverySchema: {
      /** @description How many deliveries are on their way. */
      deliveries: number;
      /** @enum {string} */
      object: 'redelivery';
    };
    RedirectSchema: {
      /**
       * Format: date-time
       * @description Never later than the payment's own expiry.
       */
      expires_at: string;
      /** @description With it: POST these fields. */
      form?: {
        [key: string]: string;
      };
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: 'redirect';
      /** Format: uri */
      url: string;
    };
    RefundSchema: {
      /** @description Minor units. */
      amount: number;
      /** @enum {string} */
      cause: 'merchant' | 'obligation';
      code: string | null;
      /** Format: date-time */
      created_at: string;
      /** @enum {string} */
      currency: 'CNY';
      /** @example ref_0mgk2x1vQ7sJ4n8LzYtR2bWcKd */
      id: string;
      /** @enum {string} */
      object: 'refund';
      payment_id: string;
      reason: string | null;
      /** @description The number the provider knows; the same on every retry. */
      reference: string;
      /** @description Null for money that is owed back by rule. */
      refund_no: string | null;
      /** @enum {string} */
      status: 'processing' | 'unknown' | 'succeeded' | 'failed' | 'needs_review';
      /** Format: date-time */
      succeeded_at: string | null;
    };
    ResolveTextCodeDto: {
      /**
       * @description What was pasted, as it is: words, emoji and line breaks around the code do not matter.
       * @example 【淘菜菜】帮我付一下 ￥0G7K2M9QXW4TB3AZ￥ 谢谢🙏
       */
      text: string;
    };
    RotateSecretDto: {
      /**
       * @description How long the secret before this one goes on signing; 0 ends every older one at once.
       * @default 24
       */
      overlap_hours?: number;
    };
    RuleTraceSchema: {
      detail: string;
      /** @description True when it stands in the way. */
      holds: boolean;
      /** @enum {string} */
      rule:
        | 'excluded_by_app'
        | 'switched_off'
        | 'not_configured'
        | 'pending_review'
        | 'not_in_rollout'
        | 'scene_unsupported'
        | 'currency_unsupported'
        | 'amount_below_min'
        | 'amount_above_max'
        | 'segment_excluded'
        | 'client_too_old'
        | 'outside_calendar'
        | 'environment_unfit'
        | 'account_missing'
        | 'provider_unavailable';
    };
    ShareLinkSchema: {
      /**
       * Format: date-time
       * @description Never later than the payment's own expiry.
       */
      expires_at: string;
      text: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: 'share_link';
      /** Format: uri */
      url: string;
    };
    ShowQrCodeSchema: {
      /** @description Opaque: drawn as it is. */
      content: string;
      /**
       * Format: date-time
       * @description Never later than the payment's own expiry.
       */
      expires_at: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: 'show_qr_code';
    };
    SideSchema: {
      /** @description Minor units. */
      amount: number;
      /** Format: date-time */
      at: string;
      currency: string;
      state: string | null;
    };
    SumsSchema: {
      fees: components['schemas']['FeeSumSchema'];
      payments: components['schemas']['LineSumSchema'];
      refunds: components['schemas']['LineSumSchema'];
    };
    TallySchema: {
      differences: components['schemas']['SumsSchema'];
      /** @description Under way here, and not long enough to be a difference. */
      in_flight: components['schemas']['SumsSchema'];
      matched: components['schemas']['SumsSchema'];
      /** @description The whole statement: the three others together. */
      statement: components['schemas']['SumsSchema'];
    };
    TraceSchema: {
      /** @description The place in a rollout, 0 … 99.99. */
      bucket: number | null;
      method: string;
      position: number | null;
      rules: components['schemas']['RuleTraceSchema'][];
      shown: boolean;
    };
    WebhookEndpointListSchema: {
      data: components['schemas']['WebhookEndpointSchema'][];
      /** @enum {string} */
      object: 'list';
    };
    WebhookEndpointSchema: {
      /** Format: date-time */
      created_at: string;
      description: string | null;
      /**
       * @description `gone`: it answered 410. `failing`: nothing but failures for five days.
       * @enum {string|null}
       */
      disabled_reason: 'by_app' | 'gone' | 'failing' | null;
      enabled: boolean;
      /** @description Empty: every type, those of later versions too. */
      event_types: (
        | 'payment.created'
        | 'payment.attempt_opened'
        | 'payment.attempt_failed'
        | 'payment.paid'
        | 'payment.closed'
        | 'payment.overpaid'
        | 'payment.needs_review'
        | 'friend_request.created'
        | 'friend_request.held'
        | 'friend_request.canceled'
        | 'refund.created'
        | 'refund.succeeded'
        | 'refund.failed'
        | 'refund.needs_review'
        | 'rollout.held'
        | 'webhook_endpoint.disabled'
        | 'reconciliation.difference'
      )[];
      /**
       * Format: date-time
       * @description The first failure since the last success.
       */
      failing_since: string | null;
      /** @example whe_0mgk2x1vQ7sJ4n8LzYtR2bWcKd */
      id: string;
      /** @description What signs now, newest first. */
      keys: components['schemas']['WebhookKeySchema'][];
      /** @enum {string} */
      object: 'webhook_endpoint';
      /** @description In its canonical form. */
      url: string;
    };
    WebhookKeySchema: {
      /** Format: date-time */
      created_at: string;
      /**
       * Format: date-time
       * @description It signs until then; null: until the next rotation.
       */
      expires_at: string | null;
      id: string;
      /** @description `whpk_` and the 32 bytes of an ed25519 public key as base64: verifies `v1a` entries. */
      public_key: string;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  EventsController_list: {
    parameters: {
      query?: {
        /** @description The `next` of the page before. */
        after?: string;
        limit?: number;
        payment_id?: string;
        type?:
          | 'payment.created'
          | 'payment.attempt_opened'
          | 'payment.attempt_failed'
          | 'payment.paid'
          | 'payment.closed'
          | 'payment.overpaid'
          | 'payment.needs_review'
          | 'friend_request.created'
          | 'friend_request.held'
          | 'friend_request.canceled'
          | 'refund.created'
          | 'refund.succeeded'
          | 'refund.failed'
          | 'refund.needs_review'
          | 'rollout.held'
          | 'webhook_endpoint.disabled'
          | 'reconciliation.difference'
          | 'webhook.test';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A problem document */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description A problem document */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EventListSchema'];
        };
      };
    };
  };
  EventsController_show: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A problem document */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description A problem document */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EventSchema'];
        };
      };
    };
  };
  EventsController_redeliver: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RedeliverEventDto'];
      };
    };
    responses: {
      /** @description A problem document */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description A problem document */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RedeliverySchema'];
        };
      };
    };
  };
  EventsController_redeliverRange: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RedeliverRangeDto'];
      };
    };
    responses: {
      /** @description A problem document */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description A problem document */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RedeliverySchema'];
        };
      };
    };
  };
  FriendRequestsController_show: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A problem document */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description A problem document */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FriendRequestSchema'];
        };
      };
    };
  };
  FriendRequestsController_cancel: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A problem document */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description A problem document */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FriendRequestSchema'];
        };
      };
    };
  };
  PaymentMethodsController_list: {
    parameters: {
      query: {
        amount: number;
        /** @description Your client's own id at the wallet: its mobile app's or its mini-program's. */
        client_app_id?: string;
        /** @description The version of your client that the payer uses. */
        client_version?: string;
        currency?: 'CNY';
        explain?: 'true' | 'false';
        /** @description Address of the page that shows the options; wallets check its domain. */
        page_url?: string;
        /** @description The merchant's own id of the payer: rollouts and testers go by it. */
        payer_id?: string;
        /** @description The `Referrer-Policy` of that page. */
        referrer_policy?:
          | 'no-referrer'
          | 'no-referrer-when-downgrade'
          | 'origin'
          | 'origin-when-cross-origin'
          | 'same-origin'
          | 'strict-origin'
          | 'strict-origin-when-cross-origin'
          | 'unsafe-url';
        scene: 'app' | 'mini_program' | 'mobile_web' | 'desktop_web' | 'wechat_web' | 'alipay_web' | 'in_store';
        /** @description Groups that you count the payer to. */
        segments?: string;
        /** @description Of the payer's browser or web view; some options work in some only. */
        user_agent?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A problem document */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description A problem document */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MethodListSchema'];
        };
      };
    };
  };
  PaymentsController_list: {
    parameters: {
      query: {
        /** @description The merchant's number. */
        order_no: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A problem document */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description A problem document */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PaymentListSchema'];
        };
      };
    };
  };
  PaymentsController_create: {
    parameters: {
      query?: never;
      header: {
        'Idempotency-Key': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreatePaymentDto'];
      };
    };
    responses: {
      /** @description A problem document */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description A problem document */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description The payment of that order number exists with the same content. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CreatedPaymentSchema'];
        };
      };
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CreatedPaymentSchema'];
        };
      };
    };
  };
  PaymentsController_show: {
    parameters: {
      query?: {
        /** @description true asks the provider first. */
        refresh?: 'true' | 'false';
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A problem document */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description A problem document */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PaymentSchema'];
        };
      };
    };
  };
  PaymentsController_attempt: {
    parameters: {
      query?: never;
      header: {
        'Idempotency-Key': string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateAttemptDto'];
      };
    };
    responses: {
      /** @description A problem document */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description A problem document */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description The same attempt still awaits its payer; with an auth_code, how the attempt of that code stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AttemptSchema'];
        };
      };
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AttemptSchema'];
        };
      };
    };
  };
  PaymentsController_cancel: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A problem document */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description A problem document */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PaymentSchema'];
        };
      };
    };
  };
  FriendRequestsController_create: {
    parameters: {
      query?: never;
      header: {
        'Idempotency-Key': string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateFriendRequestDto'];
      };
    };
    responses: {
      /** @description A problem document */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description A problem document */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description The request that is open, with the same content. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FriendRequestSchema'];
        };
      };
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FriendRequestSchema'];
        };
      };
    };
  };
  PaymentsController_options: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A problem document */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description A problem document */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ImpressionListSchema'];
        };
      };
    };
  };
  RefundsController_create: {
    parameters: {
      query?: never;
      header: {
        'Idempotency-Key': string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateRefundDto'];
      };
    };
    responses: {
      /** @description A problem document */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description A problem document */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description The refund of that number exists with the same content. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RefundSchema'];
        };
      };
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RefundSchema'];
        };
      };
    };
  };
  ReconciliationsController_list: {
    parameters: {
      query?: {
        /** @description The first day; thirty days before `to` if left out. */
        from?: string;
        provider?: string;
        /** @description The last day; today if left out. */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A problem document */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description A problem document */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReconciliationListSchema'];
        };
      };
    };
  };
  ReconciliationsController_show: {
    parameters: {
      query?: {
        /** @description The id of the last difference that you have. */
        after?: string;
        limit?: number;
      };
      header?: never;
      path: {
        date: string;
        provider: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A problem document */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description A problem document */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReconciliationReportSchema'];
          'text/html': string;
        };
      };
    };
  };
  ReconciliationsController_request: {
    parameters: {
      query?: never;
      header: {
        'Idempotency-Key': string;
      };
      path: {
        date: string;
        provider: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A problem document */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description A problem document */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description The day was there, and is done again. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReconciliationReportSchema'];
        };
      };
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReconciliationReportSchema'];
        };
      };
    };
  };
  RefundsController_show: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A problem document */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description A problem document */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RefundSchema'];
        };
      };
    };
  };
  FriendRequestsController_resolve: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ResolveTextCodeDto'];
      };
    };
    responses: {
      /** @description A problem document */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description A problem document */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FriendRequestSchema'];
        };
      };
    };
  };
  WebhookEndpointsController_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A problem document */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description A problem document */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookEndpointListSchema'];
        };
      };
    };
  };
  WebhookEndpointsController_create: {
    parameters: {
      query?: never;
      header: {
        'Idempotency-Key': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateWebhookEndpointDto'];
      };
    };
    responses: {
      /** @description A problem document */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description A problem document */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KeyedWebhookEndpointSchema'];
        };
      };
    };
  };
  WebhookEndpointsController_show: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A problem document */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description A problem document */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookEndpointSchema'];
        };
      };
    };
  };
  WebhookEndpointsController_remove: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A problem document */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description A problem document */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeletedWebhookEndpointSchema'];
        };
      };
    };
  };
  WebhookEndpointsController_change: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ChangeWebhookEndpointDto'];
      };
    };
    responses: {
      /** @description A problem document */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description A problem document */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookEndpointSchema'];
        };
      };
    };
  };
  WebhookEndpointsController_rotate: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RotateSecretDto'];
      };
    };
    responses: {
      /** @description A problem document */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description A problem document */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KeyedWebhookEndpointSchema'];
        };
      };
    };
  };
  WebhookEndpointsController_test: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A problem document */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      /** @description A problem document */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemSchema'];
        };
      };
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EventSchema'];
        };
      };
    };
  };
}
