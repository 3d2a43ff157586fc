/** Our own line drawings, one per kind of state. */
const PATHS = {
  done: ['M28 4a24 24 0 1 1 0 48a24 24 0 1 1 0-48', 'M17 29l8 8l15-17'],
  back: ['M28 4a24 24 0 1 1 0 48a24 24 0 1 1 0-48', 'M24 18l-8 8l8 8M16 26h16a7 7 0 0 1 0 14h-4'],
  closed: ['M28 4a24 24 0 1 1 0 48a24 24 0 1 1 0-48', 'M20 20l16 16M36 20l-16 16'],
  clock: ['M28 4a24 24 0 1 1 0 48a24 24 0 1 1 0-48', 'M28 15v14l9 6'],
  arrow: ['M28 4a24 24 0 1 1 0 48a24 24 0 1 1 0-48', 'M17 28h22M30 19l9 9l-9 9'],
  wallet: ['M8 16a5 5 0 0 1 5-5h28v8M8 16v25a5 5 0 0 0 5 5h35V19H11a3 3 0 0 1-3-3', 'M48 28H36a5 5 0 0 0 0 10h12'],
} as const;

export type StateDrawing = keyof typeof PATHS;

export function StateMark({ drawing, good = false }: { drawing: StateDrawing; good?: boolean }) {
  return (
    <svg class={good ? 'state-mark good' : 'state-mark'} viewBox="0 0 56 56" aria-hidden="true">
      {PATHS[drawing].map((path, index) => (
        <path class={index > 0 ? 'draw' : undefined} pathLength="100" d={path} />
      ))}
    </svg>
  );
}
