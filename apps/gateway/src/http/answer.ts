/** What a handler that may create answers: the interceptor sends it with its status. */
export interface Answer<T> {
  readonly status: 200 | 201;
  readonly body: T;
  /** Shown this once: what is kept for repeats is sealed. */
  readonly holdsSecret?: boolean;
}

export function answer<T>(created: boolean, body: T): Answer<T> {
  return { status: created ? 201 : 200, body };
}
