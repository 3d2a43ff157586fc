import { broken, type Breakage } from './breakage.js';

/**
 * What becomes of a statement's file. `short`: its last quarter is missing, and nothing says so. `cut`: the connection
 * breaks there. `endless`: it goes on with noise. Or one byte of it is changed.
 */
export type FileBreakage = 'short' | 'cut' | 'endless' | { readonly changedByte: number } | Breakage;

const MEGABYTE = 1_048_576;
/** More than any adapter may hold or skim. */
const TOO_MUCH = 1_024 * MEGABYTE;

/** The file as it arrives. */
export function brokenFile(breakage: FileBreakage, file: Uint8Array, request: Request): Response {
  const head = file.subarray(0, Math.floor((file.length * 3) / 4));
  if (breakage === 'short') return new Response(Uint8Array.from(head));
  if (breakage === 'cut') return new Response(flowing(head, cutOff));
  if (breakage === 'endless') return new Response(flowing(head, noise()));
  if (typeof breakage === 'string') return broken(breakage, request, true);
  const changed = Uint8Array.from(file);
  changed[breakage.changedByte] = (changed[breakage.changedByte] ?? 0) ^ 0x01;
  return new Response(changed);
}

/** A body of one chunk, and then whatever comes. */
function flowing(head: Uint8Array, next: () => Uint8Array): ReadableStream<Uint8Array> {
  let isSent = false;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(isSent ? next() : head);
      isSent = true;
    },
  });
}

function cutOff(): never {
  throw new TypeError('terminated', { cause: Object.assign(new Error('cut'), { code: 'UND_ERR_SOCKET' }) });
}

function noise(): () => Uint8Array {
  // Always the same, and no valid continuation of any packed file.
  const chunk = Uint8Array.from({ length: MEGABYTE }, (_, index) => Math.imul(index + 1, 2_654_435_761) >>> 24);
  let size = 0;
  return () => {
    size += chunk.byteLength;
    if (size > TOO_MUCH) throw new Error('The adapter reads an endless file to its end.');
    return chunk;
  };
}
