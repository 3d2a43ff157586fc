import type { Review } from '@hutong/payment-core';
import type { ReviewSchema } from './admin-reviews.schema.js';

export function reviewView({ id, type, app, paymentId, data, createdAt, resolution }: Review): ReviewSchema {
  return {
    id,
    object: 'review',
    status: resolution === undefined ? 'open' : 'resolved',
    type,
    app,
    payment_id: paymentId ?? null,
    data,
    created_at: createdAt.toISOString(),
    resolution:
      resolution === undefined
        ? null
        : {
            action: resolution.action,
            note: resolution.note ?? null,
            actor: resolution.actor,
            at: resolution.at.toISOString(),
          },
  };
}
