import { HutongProblem, NotReached, OutcomeUnknown } from '@hutong/client';
import type { FastifyInstance } from 'fastify';
import { ForeignForm } from '../forms.js';
import { MessagePage } from '../pages/message-page.js';
import { wordsIn } from '../pages/texts.js';
import { readerOf, type Lang } from '../reader.js';
import { shopOf } from '../shops/shops.js';
import { NoSuchPage, sendPage } from './answer.js';

interface Failure {
  readonly status: number;
  readonly title: string;
  readonly text: string;
  readonly requestId?: string;
}

/** Whatever did not go on is told as a page, in the reader's words, and never with what is inside. */
export function showFailures(server: FastifyInstance): void {
  server.setErrorHandler(async (error, request, reply) => {
    const reader = readerOf(request, reply);
    const failure = failureOf(error, reader.lang);
    if (failure.status === 500) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    const shop = shopOf((request.params as { readonly app?: string } | undefined)?.app ?? '');
    const { status, title, text, requestId } = failure;
    return sendPage(reply, <MessagePage {...{ reader, shop, title, text, requestId }} />, status);
  });
  server.setNotFoundHandler(async () => {
    throw new NoSuchPage();
  });
}

function failureOf(error: unknown, lang: Lang): Failure {
  const words = wordsIn(lang);
  if (error instanceof NoSuchPage) return { status: 404, title: words.notFound, text: words.notFoundHelp };
  if (error instanceof ForeignForm) return { status: 403, title: words.refused, text: words.crossSite };
  if (error instanceof NotReached) return { status: 503, title: words.unreachable, text: words.unreachableHelp };
  if (error instanceof OutcomeUnknown) return { status: 502, title: words.unknown, text: words.unknownHelp };
  if (error instanceof HutongProblem) {
    return { status: 502, title: words.refused, text: error.detail, requestId: error.requestId };
  }
  const status = (error as { readonly statusCode?: number }).statusCode ?? 500;
  if (status >= 400 && status < 500) return { status, title: words.refused, text: (error as Error).message };
  return { status: 500, title: words.refused, text: words.unknownHelp };
}
