import type { Arrived } from './arrived.js';
import type { Answer, ExchangePlan } from './exchanges.js';
import { OUTCOME_HEADER, outcomeNamed, type Outcomes } from './outcomes.js';
import { PAY_RESULTS } from './wire.js';

/**
 * The plan of an order call with its outcome header obeyed. A value that is not in the table is refused with 400 in the
 * sandbox's own shape, before anything happens: a misspelt outcome would look like a payment. Other calls may carry the
 * header (a client that sets it once for all): it says nothing there.
 */
export function withOrderedOutcome(order: Arrived, plan: ExchangePlan, outcomes: Outcomes): ExchangePlan {
  const value = plan.operation === 'order' ? order.header(OUTCOME_HEADER) : undefined;
  if (value === undefined) return plan;
  return {
    ...plan,
    async answer(arrived) {
      const result = outcomeNamed(value);
      if (result === undefined) return unknownOutcome(arrived, value);
      const answer = await plan.answer(arrived);
      const [reference] = plan.references(arrived);
      const { account, verdict } = arrived.notes;
      if (verdict === 'accepted' && account !== null && reference !== undefined) {
        outcomes.order({ provider: plan.provider, account, reference }, result);
      }
      return answer;
    },
  };
}

function unknownOutcome({ notes }: Arrived, value: string): Answer {
  const detail = `${OUTCOME_HEADER}: ${value} is not known here. There is: ${PAY_RESULTS.join(', ')}.`;
  notes.verdict = 'refused';
  notes.reason = detail;
  return {
    status: 400,
    headers: { 'content-type': 'application/problem+json' },
    body: JSON.stringify({ status: 400, title: 'Bad Request', detail }),
  };
}
