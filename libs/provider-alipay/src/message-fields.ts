/** A field of a message by its name; undefined when it is absent, empty, or anything but a text. */
export type Fields = (name: string) => string | undefined;

export function fieldsOf(message: object): Fields {
  const own = new Map<string, unknown>(Object.entries(message));
  return (name) => {
    const value = own.get(name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
}
