const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** HTML that is safe to send; only `html` makes it, so no text gets into a page unescaped. */
export class Markup {
  private constructor(readonly text: string) {}

  /** For the template tag below. */
  static of(strings: TemplateStringsArray, values: readonly Insertable[]): Markup {
    return new Markup(strings.reduce((made, part, index) => made + inserted(values[index - 1]) + part));
  }
}

/** What may stand between the tags: text is escaped, markup is taken as it is, lists are joined. */
export type Insertable = string | number | Markup | undefined | readonly Markup[];

/** Markup with everything that is put into it escaped, for text and for quoted attributes. */
export function html(strings: TemplateStringsArray, ...values: readonly Insertable[]): Markup {
  return Markup.of(strings, values);
}

function inserted(value: Insertable): string {
  if (value === undefined) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map((one) => one.text).join('');
  return String(value).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
