/**
 * Every nth scenario of each family (the name up to its `/`), at least one of each, in their order. The seed says with which
 * to begin, so `n` seeds that follow each other play everything.
 */
export function sliceOf<T extends { readonly name: string }>(scenarios: readonly T[], n: number, seed: number): T[] {
  const families = Object.values(Object.groupBy(scenarios, ({ name }) => name.split('/')[0]!)) as T[][];
  return families.flatMap((family) => {
    const step = Math.min(n, family.length);
    return family.filter((_, index) => index % step === seed % step);
  });
}
