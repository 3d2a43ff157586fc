/** Our own small drawings of what to do with an address. */
const PATHS = {
  copy: ['M14 12h14a3 3 0 0 1 3 3v17a3 3 0 0 1-3 3H14a3 3 0 0 1-3-3V15a3 3 0 0 1 3-3', 'M18 7h15a3 3 0 0 1 3 3v18'],
  browser: [
    'M9 8h28a3 3 0 0 1 3 3v25a3 3 0 0 1-3 3H9a3 3 0 0 1-3-3V11a3 3 0 0 1 3-3',
    'M6 17h34M11 12.5h.1M16 12.5h.1',
  ],
  paste: ['M8 16h30a4 4 0 0 1 4 4v6a4 4 0 0 1-4 4H8a4 4 0 0 1-4-4v-6a4 4 0 0 1 4-4', 'M11 20v6M16 23h15m-5-4l5 4l-5 4'],
  pay: ['M23 6a17 17 0 1 1 0 34a17 17 0 1 1 0-34', 'M16 24l5 5l9-10'],
} as const;

export type Step = keyof typeof PATHS;

export function StepDrawing({ step }: { step: Step }) {
  return (
    <svg class="step-drawing" viewBox="0 0 46 46" aria-hidden="true">
      {PATHS[step].map((path) => (
        <path d={path} />
      ))}
    </svg>
  );
}
