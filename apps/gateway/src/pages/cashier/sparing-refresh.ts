import { Inject, Injectable } from '@nestjs/common';
import { refreshPayment, type CoreContext, type Payment } from '@hutong/payment-core';
import { CORE } from '../../tokens.js';

const AT_MOST_EVERY_MS = 3_000;
const REMEMBERED = 10_000;

/** Asks the wallets how a payment stands because its payer wants to know: seldom enough that a held-down key costs nothing. */
@Injectable()
export class SparingRefresh {
  readonly #askedAt = new Map<string, number>();

  constructor(@Inject(CORE) private readonly core: CoreContext) {}

  /** A wallet that does not answer is no reason not to show the page. */
  async refresh({ id, app }: Payment): Promise<void> {
    const now = performance.now();
    if (now - (this.#askedAt.get(id) ?? -Infinity) < AT_MOST_EVERY_MS) return;
    if (this.#askedAt.size >= REMEMBERED) this.#askedAt.clear();
    this.#askedAt.set(id, now);
    try {
      await refreshPayment(this.core, app, id);
    } catch (error) {
      this.core.report(error, { doing: 'refresh a payment for its payer', payment_id: id });
    }
  }
}
