import type { FastifyInstance } from 'fastify';
import { OUTCOME_HEADER, OUTCOME_RULES } from '../frame/outcomes.js';

/** `GET /__sandbox/outcomes`: which orders are answered how when nobody says otherwise. */
export function registerOutcomes(scope: FastifyInstance): void {
  scope.get('/outcomes', () => ({
    header: OUTCOME_HEADER,
    precedence: ['control', 'header', 'reference_prefix', 'amount'],
    rules: OUTCOME_RULES,
  }));
}
