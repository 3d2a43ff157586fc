import { fetch } from 'undici';

export interface ControlAnswer {
  readonly status: number;
  readonly type: string | null;
  // oxlint-disable-next-line typescript/no-explicit-any -- a spec reads whatever the answer holds
  readonly body: any;
}

/** Calls the control surface of a listening sandbox over HTTP. */
export async function control(url: string, method: string, path: string, body?: unknown): Promise<ControlAnswer> {
  const response = await fetch(`${url}/__sandbox${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  return { status: response.status, type: response.headers.get('content-type'), body: await response.json() };
}
