import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';
import type * as Api from '@opentelemetry/api';
import type { Context, ContextManager } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-base';

/** The gateway's own copy: where the SDK brings an older one beside it, what that registers is not seen by a newer one. */
const { context, propagation, ROOT_CONTEXT, trace } = createRequire(
  new URL('../../../apps/gateway/package.json', import.meta.url),
)('@opentelemetry/api') as typeof Api;

/** What an operator's SDK brings: contexts that follow the work across its awaits. */
class Contexts implements ContextManager {
  readonly #storage = new AsyncLocalStorage<Context>();

  active(): Context {
    return this.#storage.getStore() ?? ROOT_CONTEXT;
  }

  with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    to: Context,
    work: F,
    self?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    return this.#storage.run(to, () => work.call(self, ...args));
  }

  bind<T>(_: Context, target: T): T {
    return target;
  }

  enable(): this {
    return this;
  }

  disable(): this {
    this.#storage.disable();
    return this;
  }
}

/** Collects every span of this process until it is let go, and continues traces of callers by `traceparent`. */
export function collectSpans(): { readonly finished: () => ReadableSpan[]; readonly stop: () => void } {
  const exporter = new InMemorySpanExporter();
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
  context.setGlobalContextManager(new Contexts());
  propagation.setGlobalPropagator({
    fields: () => ['traceparent'],
    inject: () => undefined,
    extract: (from, carrier) => {
      const [, traceId, spanId] =
        /^00-(\w{32})-(\w{16})-01$/.exec((carrier as { traceparent?: string }).traceparent ?? '') ?? [];
      if (traceId === undefined || spanId === undefined) return from;
      return trace.setSpanContext(from, { traceId, spanId, traceFlags: 1, isRemote: true });
    },
  });
  return {
    finished: () => exporter.getFinishedSpans(),
    stop: () => {
      trace.disable();
      context.disable();
      propagation.disable();
    },
  };
}
