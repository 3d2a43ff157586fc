import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Circuit, CIRCUIT_PLAN } from './circuit.js';

const START = Date.UTC(2026, 10, 23);
const later = (ms: number) => new Date(START + ms);
const broken = () => {
  const circuit = new Circuit();
  for (let i = 0; i < CIRCUIT_PLAN.failures; i += 1) circuit.failed(later(0));
  return circuit;
};

describe('a circuit', () => {
  it('opens after several failures in a row', () => {
    const circuit = new Circuit();
    for (let i = 1; i < CIRCUIT_PLAN.failures; i += 1) circuit.failed(later(0));
    expect(circuit.state).toBe('closed');
    circuit.failed(later(0));
    expect(circuit.state).toBe('open');
  });

  it('forgets failures with every answer', () => {
    const circuit = new Circuit();
    for (let i = 0; i < 100; i += 1) {
      circuit.failed(later(i));
      circuit.succeeded();
    }
    expect(circuit.state).toBe('closed');
  });

  it('lets one probe through once it has cooled', () => {
    const circuit = broken();
    expect(circuit.claimProbe(later(CIRCUIT_PLAN.coolMs - 1))).toBe(false);
    expect(circuit.claimProbe(later(CIRCUIT_PLAN.coolMs))).toBe(true);
    expect(circuit.claimProbe(later(CIRCUIT_PLAN.coolMs))).toBe(false);
    circuit.succeeded();
    expect(circuit.state).toBe('closed');
  });

  it('waits twice as long after a probe that failed, up to the longest', () => {
    const circuit = broken();
    let now = 0;
    const waits: number[] = [];
    for (let i = 0; i < 8; i += 1) {
      const since = now;
      while (!circuit.claimProbe(later(now))) now += 1_000;
      waits.push(now - since);
      circuit.failed(later(now));
    }
    expect(waits).toEqual([10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000]);
  });

  it('always comes back when the provider does', () => {
    const anyStep = fc.oneof(
      fc.constant('fail' as const),
      fc.constant('answer' as const),
      fc.integer({ min: 0, max: 600_000 }),
    );
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 60 }), (steps) => {
        const circuit = new Circuit();
        let now = 0;
        for (const step of steps) {
          if (typeof step === 'number') now += step;
          else if (step === 'answer') circuit.succeeded();
          else circuit.failed(later(now));
        }
        const open = circuit.state === 'open';
        expect(circuit.claimProbe(later(now + CIRCUIT_PLAN.longestMs))).toBe(open);
        circuit.succeeded();
        expect(circuit.state).toBe('closed');
      }),
      { numRuns: 1_000 },
    );
  });
});
