import type { FastifyRequest } from 'fastify';
import type { RequestVerdict } from './request-log.js';
import type { SignatureCause } from './signature-cause.js';

/** What the wire found out about a request, for the request log. */
export interface RequestNotes {
  verdict: RequestVerdict;
  reason: string | null;
  /** Absent unless a signature did not hold. */
  cause?: SignatureCause;
  account: string | null;
  key: string | null;
  signedString: string | null;
}

/** A request as it came over the line. The bytes are the ones received; signatures are checked over these. */
export class Arrived {
  readonly at = new Date();
  readonly method: string;
  /** Path and raw query as on the request line, without scheme and host. */
  readonly url: string;
  /** Path without the query. */
  readonly path: string;
  readonly body: Buffer;
  /** Path parameters, percent-decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** Filled in by the wire; says why a request was refused. */
  readonly notes: RequestNotes = { verdict: 'accepted', reason: null, account: null, key: null, signedString: null };

  constructor(readonly request: FastifyRequest) {
    this.method = request.method;
    this.url = request.raw.url ?? '/';
    const question = this.url.indexOf('?');
    this.path = question < 0 ? this.url : this.url.slice(0, question);
    this.body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    this.params = (request.params ?? {}) as Readonly<Record<string, string>>;
  }

  get query(): URLSearchParams {
    return new URLSearchParams(this.url.slice(this.path.length + 1));
  }

  /** One header, names in any case; repeated ones joined as on the line. */
  header(name: string): string | undefined {
    const value = this.request.headers[name.toLowerCase()];
    return Array.isArray(value) ? value.join(', ') : value;
  }
}
