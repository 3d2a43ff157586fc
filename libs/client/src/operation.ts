import type { paths } from './openapi.js';

export type Verb = 'get' | 'post' | 'patch' | 'delete';

/** The paths that answer to this verb. */
export type PathFor<V extends Verb> = {
  [P in keyof paths]: paths[P] extends Record<V, { responses: unknown }> ? P : never;
}[keyof paths];

/** What the document says of one call. */
export type Operation<P extends keyof paths, V extends Verb> = paths[P] extends Record<V, infer Op> ? Op : never;

type JsonOf<R> = R extends { content: { 'application/json': infer Body } } ? Body : never;

/** What a call answers when it is not refused; nothing where no content is documented. */
export type AnswerOf<Op> = Op extends { responses: infer R }
  ? Extract<keyof R, 200 | 201 | 204> extends infer Status
    ? Status extends 204
      ? undefined
      : Status extends keyof R
        ? JsonOf<R[Status]>
        : never
    : never
  : never;

type PathPart<Op> = Op extends { parameters: { path: infer Path } } ? { readonly path: Path } : unknown;

type QueryPart<Op> = Op extends { parameters: { query: infer Query } }
  ? { readonly query: Query }
  : Op extends { parameters: { query?: infer Query } }
    ? [Query] extends [never | undefined]
      ? unknown
      : { readonly query?: Query }
    : unknown;

type BodyPart<Op> = Op extends { requestBody: { content: { 'application/json': infer Body } } }
  ? { readonly body: Body }
  : Op extends { requestBody?: { content: { 'application/json': infer Body } } }
    ? { readonly body?: Body }
    : unknown;

/** What every call may say beside its own parameters. */
export interface CallOptions {
  /**
   * The name of this creating call: 20 to 255 printable characters. Left out, each call has a fresh one. Give one that you
   * keep with the order when a call must be finished after your own process died.
   */
  readonly idempotencyKey?: string;
  /** Language of titles and messages in the answer, over the client's own. */
  readonly language?: Language;
  /** Ends the waiting; what was sent may have happened all the same. */
  readonly signal?: AbortSignal;
}

export type Language = 'zh-CN' | 'en';

/** The parameters of one call: its path, query and body as the document has them. */
export type RequestOf<Op> = PathPart<Op> & QueryPart<Op> & BodyPart<Op> & CallOptions;

/** A call that needs nothing may leave its parameters out. */
export type Arguments<Request> = object extends Request ? [request?: Request] : [request: Request];
