import type { JsonSchema } from './shape.js';

/** The same value with its members in the order that the schema names them: databases keep JSON in an order of their own. */
export function inSchemaOrder<T>(value: T, schema: JsonSchema | undefined): T {
  if (Array.isArray(value)) return value.map((item: unknown) => inSchemaOrder(item, partOf(schema, 'items'))) as T;
  if (typeof value !== 'object' || value === null) return value;
  const properties = partOf(schema, 'properties') ?? {};
  const names = [...Object.keys(properties).filter((name) => name in value), ...Object.keys(value)];
  const members = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    [...new Set(names)].map((name) => [name, inSchemaOrder(members[name], partOf(properties, name))]),
  ) as T;
}

function partOf(schema: JsonSchema | undefined, name: string): JsonSchema | undefined {
  return schema?.[name] as JsonSchema | undefined;
}
