import { outcomeOfError, type Decision, type Observer, type Step } from '@hutong/payment-core';
import type { FastifyBaseLogger } from 'fastify';
import { about } from './correlation.js';
import type { Metrics } from './metrics.js';
import { inSpan } from './tracing.js';

/** The core's observer: every decision one line and one count, every step a span, every provider call a measure. */
export class GatewayObserver implements Observer {
  constructor(
    private readonly log: Pick<FastifyBaseLogger, 'info' | 'debug'>,
    private readonly metrics: Metrics,
  ) {}

  decided(decision: Decision): void {
    this.metrics.decided(decision);
    const { what, ...facts } = decision;
    const words = what.replaceAll('_', ' ');
    if (what === 'idempotency') this.log.debug(facts, words);
    else this.log.info(facts, words);
  }

  step<T>(step: Step, work: () => Promise<T>): Promise<T> {
    const measured = step.name === 'provider_call' ? () => this.measured(step, work) : work;
    return about(step.about, () => inSpan(step, measured));
  }

  private async measured<T>(step: Step & { name: 'provider_call' }, call: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const seconds = (): number => (performance.now() - began) / 1_000;
    const { provider, operation } = step;
    try {
      const answer = await call();
      this.metrics.called(provider, operation, 'ok', seconds());
      return answer;
    } catch (error) {
      const outcome = outcomeOfError(error);
      this.metrics.called(provider, operation, outcome, seconds());
      this.log.info({ provider, operation, outcome, seconds: seconds() }, 'provider call failed');
      throw error;
    }
  }
}
