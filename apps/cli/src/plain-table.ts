import Table from 'cli-table3';

/** A table for a terminal, without colours, so that it can be piped as it is. `lined`: a line between rows of several lines. */
export function plainTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { lined = false }: { readonly lined?: boolean } = {},
): string {
  const table = new Table({ head: [...head], style: { head: [], border: [], compact: !lined } });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}
