import type { Visitor } from './visitor.js';
import { COPY } from './copy.js';
import type { Page } from './page.js';
import { StateMark } from './state-mark.js';

/** What a page can't be, in the reader's words. */
export type PageProblem = 'notFound' | 'tooMany' | 'refused' | 'unexpected';

/** The same for every address that names nothing: it does not tell whether there ever was something. */
export function problemPage(problem: PageProblem, status: number, visitor: Visitor, requestId?: string): Page {
  const copy = COPY[visitor.language].problem;
  const { title, text } = copy[problem];
  return {
    status,
    language: visitor.language,
    title,
    path: '',
    body: (
      <main class="card calm">
        <div class="state">
          <StateMark drawing="closed" />
          <h1>{title}</h1>
          <p class="muted">{text}</p>
        </div>
        {requestId !== undefined && (
          <p class="muted">
            {copy.requestId} <code>{requestId}</code>
          </p>
        )}
      </main>
    ),
  };
}
