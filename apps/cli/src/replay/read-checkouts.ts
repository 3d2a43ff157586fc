import { checkoutShape, PointerSpot } from '@hutong/payment-core';
import { UnusableSeed, type SeedProblem } from '../seed/place.js';

/**
 * Reads checkouts out of NDJSON: one JSON object a line, as `GET /v1/payment-methods` is asked, with `at`. Empty lines are
 * passed over.
 * @throws UnusableSeed telling every line that does not fit
 */
export function readCheckouts(file: string, text: string): readonly object[] {
  const problems: SeedProblem[] = [];
  const checkouts = text.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === '') return [];
    const { checkout, wrong } = readLine(line);
    problems.push(...wrong.map(({ field, message }) => ({ file, line: index + 1, column: 1, field, message })));
    return checkout === undefined ? [] : [checkout];
  });
  if (problems.length === 0 && checkouts.length === 0)
    problems.push({ file, line: 1, column: 1, field: '', message: 'has no checkouts: one JSON object a line.' });
  if (problems.length > 0) throw new UnusableSeed(problems);
  return checkouts;
}

interface ReadLine {
  readonly checkout?: object;
  readonly wrong: readonly { readonly field: string; readonly message: string }[];
}

function readLine(line: string): ReadLine {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return { wrong: [{ field: '', message: 'is not JSON: each line is one object.' }] };
  }
  const spot = new PointerSpot();
  checkoutShape(json, spot);
  if (spot.problems.length === 0) return { checkout: json as object, wrong: [] };
  return { wrong: spot.problems.map(({ pointer, message }) => ({ field: pointer.slice(1), message })) };
}
