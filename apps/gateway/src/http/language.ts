import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { LocalText } from '@hutong/payment-port';
import type { GatewayRequest } from './request.js';

export type Language = keyof LocalText;

/** The language that `Accept-Language` prefers among ours; Chinese when it names neither. */
export function preferredLanguage(header: string | undefined): Language {
  if (header === undefined) return 'zh-CN';
  const ranked = header
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { tag, weight: weight === undefined ? 1 : Number(weight) || 0 };
    })
    .filter(({ tag, weight }) => weight > 0 && /^(zh|en)(-|$)/.test(tag))
    .toSorted((a, b) => b.weight - a.weight);
  return ranked[0]?.tag.startsWith('en') ? 'en' : 'zh-CN';
}

/** The language of the answer. */
export const AnswerLanguage = createParamDecorator((_: unknown, context: ExecutionContext) =>
  preferredLanguage(context.switchToHttp().getRequest<GatewayRequest>().headers['accept-language']),
);
