import type { CheckConfiguration } from '../check-configuration.js';

/** One line of the report: which invariant, which row, what is wrong. */
export interface Finding {
  readonly invariant: string;
  readonly id: string;
  readonly detail: string;
}

const PAGE = 500;

/** Every violation as it is found, invariant after invariant; `began` is told of each before it is looked at. */
export async function* violations(
  check: Pick<CheckConfiguration, 'listInvariants' | 'findViolations'>,
  horizonMs: number,
  began: (invariant: { readonly id: string; readonly sentence: string }) => void = () => undefined,
): AsyncGenerator<Finding> {
  for (const invariant of await check.listInvariants()) {
    began(invariant);
    for (let after = ''; ;) {
      const page = await check.findViolations(invariant.id, { after, limit: PAGE, horizonMs });
      for (const { id, detail } of page) yield { invariant: invariant.id, id, detail };
      if (page.length < PAGE) break;
      after = page.at(-1)!.id;
    }
  }
}
