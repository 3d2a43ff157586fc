import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { GatewayReply, GatewayRequest } from '../http/request.js';
import { documentOf } from '../http/problem.filter.js';
import { sendPage } from './page.js';
import { problemPage, type PageProblem } from './problem.page.js';
import { visitorOf } from './visitor.js';

const PROBLEM_OF: Readonly<Record<number, PageProblem>> = { 404: 'notFound', 429: 'tooMany' };

/** Errors on pages are pages: in the reader's words, without details. What nobody foresaw is logged whole under its request id. */
@Catch()
export class PageFilter implements ExceptionFilter {
  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<GatewayRequest>();
    const reply = host.switchToHttp().getResponse<GatewayReply>();
    const { status, detail } = documentOf(error, request);
    if (status >= 500) request.log.error({ err: error }, detail);
    const problem = status >= 500 ? 'unexpected' : (PROBLEM_OF[status] ?? 'refused');
    await sendPage(reply, problemPage(problem, status, visitorOf(request), status >= 500 ? request.id : undefined));
  }
}
