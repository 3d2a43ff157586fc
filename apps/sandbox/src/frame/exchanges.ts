import type { FastifyReply, FastifyRequest } from 'fastify';
import { Arrived } from './arrived.js';
import { cutShort, hang, pause, reset, written } from './answer-line.js';
import { type BodySpoiling, UNSPOILED } from './body-spoiling.js';
import { type FaultOperation, type FaultRule, isTampering, type Tamperings, UNTAMPERED } from './fault-rule.js';
import { type Faults, tamperingsOf } from './faults.js';
import { withOrderedOutcome } from './ordered-outcome.js';
import type { Outcomes } from './outcomes.js';
import type { Provider } from './provider.js';
import type { RequestLog } from './request-log.js';

/** An answer before its signature. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** Called last of all, with what is to be spoiled; absent: the wire does not sign this one (WeChat's 401). */
  readonly sign?: (answer: Answer, tamperings: Tamperings) => Answer | Promise<Answer>;
  /** The answer with its content spoiled, where the body is more than the content (an envelope, a ciphertext). */
  readonly spoiled?: (spoiling: BodySpoiling) => Answer;
}

/** How a wire serves one kind of request. */
export interface ExchangePlan {
  readonly provider: Provider;
  /** Absent: fault rules can't reach it (pages). */
  readonly operation?: FaultOperation;
  /** Numbers that fault rules may name it by: the order's, the refund's. Must not throw on bad bodies. */
  references(arrived: Arrived): readonly string[];
  /** Verifies, judges and does it. Writes what it found into `arrived.notes`. */
  answer(arrived: Arrived): Answer | Promise<Answer>;
  /** The wire's own error shape for an injected `error`; `status` and `code` may be the rule's. */
  error(arrived: Arrived, fault: { readonly status?: number; readonly code?: string }): Answer;
}

/** Bytes of a request's body that the log shows. */
const SHOWN_OF_A_BODY = 8_192;

/** What is on the line in place of an answer. */
const CUT_OFF = Symbol('cut off');

/** Runs requests with the fault rules and the request log around them; a wire's handler only answers. */
export class Exchanges {
  constructor(
    private readonly faults: Faults,
    private readonly log: RequestLog,
    private readonly outcomes: Outcomes,
  ) {}

  /** Use as a Fastify handler: `(request, reply) => exchanges.serve(request, reply, plan)`. */
  async serve(request: FastifyRequest, reply: FastifyReply, plan: ExchangePlan): Promise<FastifyReply> {
    const arrived = new Arrived(request);
    const references = plan.references(arrived);
    const { provider, operation } = plan;
    const fired = operation === undefined ? [] : this.faults.take({ provider, operation, references });
    const obeying = withOrderedOutcome(arrived, plan, this.outcomes);
    const answer = await (fired.length === 0 ? signed(obeying, arrived) : this.outcome(arrived, reply, obeying, fired));
    this.record(arrived, plan, references, fired, answer === CUT_OFF ? null : answer.status);
    if (answer === CUT_OFF) return reply;
    const cut = fired.find((rule) => rule.action === 'cut');
    return cut === undefined ? written(reply, answer) : cutShort(reply, answer, cut.bytes ?? 0);
  }

  private async outcome(
    arrived: Arrived,
    reply: FastifyReply,
    plan: ExchangePlan,
    fired: readonly FaultRule[],
  ): Promise<Answer | typeof CUT_OFF> {
    const instead = await this.meet(arrived, reply, plan, fired, 'before');
    const effect = instead ?? (await plan.answer(arrived));
    if (effect === CUT_OFF) return CUT_OFF;
    const answer = instead === undefined ? ((await this.meet(arrived, reply, plan, fired, 'after')) ?? effect) : effect;
    if (answer === CUT_OFF) return CUT_OFF;
    const said = spoiledBy(this.faults.spoiling(plan.provider, fired), answer);
    return said.sign === undefined ? said : said.sign(said, tamperingsOf(fired));
  }

  /** Applies the rules of one phase; undefined when the exchange goes on as usual. */
  private async meet(
    arrived: Arrived,
    reply: FastifyReply,
    plan: ExchangePlan,
    fired: readonly FaultRule[],
    phase: FaultRule['phase'],
  ): Promise<Answer | typeof CUT_OFF | undefined> {
    for (const rule of fired.filter((one) => one.phase === phase && !isTampering(one.action))) {
      if (rule.action === 'delay') await pause(rule.ms ?? 1_000);
      const met = await this.replace(arrived, reply, plan, rule);
      if (met === undefined) continue;
      arrived.notes.verdict = 'fault';
      return met;
    }
    return undefined;
  }

  private async replace(
    arrived: Arrived,
    reply: FastifyReply,
    plan: ExchangePlan,
    rule: FaultRule,
  ): Promise<Answer | typeof CUT_OFF | undefined> {
    switch (rule.action) {
      case 'hang':
        await hang(reply, rule.ms);
        return CUT_OFF;
      case 'reset':
        reset(reply);
        return CUT_OFF;
      case 'status':
        return { status: rule.status ?? 502, headers: {}, body: '' };
      case 'error':
        return plan.error(arrived, rule);
      default:
        return undefined;
    }
  }

  private record(
    arrived: Arrived,
    plan: ExchangePlan,
    references: readonly string[],
    fired: readonly FaultRule[],
    status: number | null,
  ): void {
    this.log.add({
      at: arrived.at.toISOString(),
      provider: plan.provider,
      operation: plan.operation ?? null,
      method: arrived.method,
      url: arrived.url,
      headers: arrived.request.headers,
      body: arrived.body.toString('utf8', 0, SHOWN_OF_A_BODY),
      account: arrived.notes.account,
      references,
      verdict: arrived.notes.verdict,
      reason: arrived.notes.reason,
      cause: arrived.notes.cause ?? null,
      key: arrived.notes.key,
      signed_string: arrived.notes.signedString,
      faults: fired.map((rule) => `${rule.phase} ${rule.action}`),
      status,
    });
  }
}

function spoiledBy(spoiling: BodySpoiling, answer: Answer): Answer {
  if (spoiling === UNSPOILED || answer.status === 204) return answer;
  if (answer.spoiled !== undefined) return answer.spoiled(spoiling);
  // Bytes that are no text stay what they are in latin1.
  const encoding = typeof answer.body === 'string' ? 'utf8' : 'latin1';
  const text = spoiling.body(spoiling.content(answer.body.toString(encoding)));
  return { ...answer, body: typeof answer.body === 'string' ? text : Buffer.from(text, encoding) };
}

/** An exchange that no rule is about. */
async function signed(plan: ExchangePlan, arrived: Arrived): Promise<Answer> {
  const answer = await plan.answer(arrived);
  return answer.sign === undefined ? answer : answer.sign(answer, UNTAMPERED);
}
