/** What `message` is written in (protocol §1.1). */
export const LANGUAGES = ['zh-CN', 'en', 'zh-HK', 'zh-TW'] as const;

export type Language = (typeof LANGUAGES)[number];

const DEFAULT: Language = 'zh-CN';

/** The best of the languages that a request's Accept-Language names; zh-CN when it names none of them. */
export function languageOf(acceptLanguage: string | undefined): Language {
  if (acceptLanguage === undefined) return DEFAULT;
  const wishes = acceptLanguage
    .split(',')
    .map(wish)
    .filter(({ weight }) => weight > 0);
  for (const { tag } of wishes.toSorted((a, b) => b.weight - a.weight)) {
    const language = languageNamed(tag);
    if (language !== undefined) return language;
  }
  return DEFAULT;
}

/** `en;q=0.8`; a weight that is none counts as 0. */
function wish(text: string): { readonly tag: string; readonly weight: number } {
  const [tag = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  return { tag, weight: weight === undefined ? 1 : Number(weight.slice(2)) || 0 };
}

function languageNamed(tag: string): Language | undefined {
  if (tag === 'en' || tag.startsWith('en-')) return 'en';
  if (/^zh(?:-hant)?-(?:hk|mo)$/.test(tag)) return 'zh-HK';
  if (/^zh-(?:hant|tw)\b/.test(tag)) return 'zh-TW';
  return tag === '*' || tag === 'zh' || tag.startsWith('zh-') ? 'zh-CN' : undefined;
}
