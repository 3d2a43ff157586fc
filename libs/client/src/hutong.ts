import { randomUUID } from 'node:crypto';
import createClient from 'openapi-fetch';
import { HutongProblem, OutcomeUnknown, type ProblemDocument } from './errors.js';
import type { paths } from './openapi.js';
import type { AnswerOf, Arguments, CallOptions, Language, Operation, PathFor, RequestOf, Verb } from './operation.js';
import { steadyFetch, type TransportOptions } from './transport.js';

export interface HutongOptions extends TransportOptions {
  /** Where the gateway is, such as `https://pay.example.com`. */
  readonly baseUrl: string;
  /** The app's own key, `hk_…`. It belongs on a server, never in a page. */
  readonly apiKey: string;
  /** Language of titles and messages; default zh-CN. A call may ask for another. */
  readonly language?: Language;
}

/**
 * Makes one call and answers its body.
 * @throws HutongProblem when the gateway refuses, NotReached when nothing happened, OutcomeUnknown when nobody can tell
 */
export type Call<V extends Verb> = <P extends PathFor<V>>(
  path: P,
  ...request: Arguments<RequestOf<Operation<P, V>>>
) => Promise<AnswerOf<Operation<P, V>>>;

/** The API of one app: each path of the document, typed by it. */
export interface Hutong {
  readonly get: Call<'get'>;
  readonly post: Call<'post'>;
  readonly patch: Call<'patch'>;
  readonly delete: Call<'delete'>;
}

/** What a call looks like once its types are forgotten. */
interface AnyRequest extends CallOptions {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

interface AnyAnswer {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

type AnyClient = (verb: Verb, path: string, init: object) => Promise<AnyAnswer>;

/** A client of one app. It holds no state: make one and keep it. */
export function createHutong(options: HutongOptions): Hutong {
  const { baseUrl, apiKey, language = 'zh-CN' } = options;
  const client = createClient<paths>({
    baseUrl,
    fetch: steadyFetch(options),
    headers: { authorization: `Bearer ${apiKey}`, accept: 'application/json, application/problem+json' },
  });
  const send = client.request as unknown as AnyClient;
  const call = (verb: Verb) =>
    (async (path: string, request: AnyRequest = {}) => {
      const { path: params, query, body, signal } = request;
      const key = verb === 'post' ? (request.idempotencyKey ?? randomUUID()) : undefined;
      const headers = {
        'accept-language': request.language ?? language,
        ...(key !== undefined && { 'idempotency-key': key }),
      };
      const answer = await send(verb, path, { params: { path: params, query }, body, signal, headers }).catch(
        (error: unknown) => unreadable(error, key),
      );
      return dataOf(answer, key);
    }) as never;
  return { get: call('get'), post: call('post'), patch: call('patch'), delete: call('delete') };
}

/** An answer that breaks off or is no JSON came after the request was sent. */
function unreadable(error: unknown, key: string | undefined): never {
  if (!(error instanceof SyntaxError) && !(error instanceof TypeError)) throw error;
  throw new OutcomeUnknown('The gateway answered what cannot be read: ask what came of it.', key, { cause: error });
}

function dataOf({ data, error, response }: AnyAnswer, key: string | undefined): unknown {
  if (response.ok) return data;
  if (isProblem(error)) throw new HutongProblem(error, key);
  const said = `${response.status} without a problem document; does a proxy stand in between?`;
  // Below 500 whoever answered did not pass it on.
  if (response.status >= 500 && response.status !== 503) throw new OutcomeUnknown(said, key);
  throw new HutongProblem(
    {
      type: 'about:blank',
      title: response.statusText,
      status: response.status,
      code: 'not_from_gateway',
      detail: said,
      request_id: '',
    },
    key,
  );
}

function isProblem(value: unknown): value is ProblemDocument & Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'string' &&
    'detail' in value &&
    'status' in value
  );
}
