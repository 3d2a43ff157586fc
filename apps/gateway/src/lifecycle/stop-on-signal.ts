import { Draining } from './draining.js';
import { onSignal } from './on-signal.js';
import { stopGracefully, type Stopping } from './stop-gracefully.js';

/** Stops the application on SIGTERM or SIGINT and ends the process: 0 when all of it came to its end, 1 when it was cut off. */
export function stopOnSignal({ app, stores, settings }: Omit<Stopping, 'draining'>): void {
  const draining = app.get(Draining);
  onSignal(() => {
    void stopGracefully({ app, draining, stores, settings }).then((ended) => {
      if (ended === 'cut')
        process.stderr.write('Hutong gateway: the deadline came before the end; see SHUTDOWN_DEADLINE_MS.\n');
      process.exit(ended === 'clean' ? 0 : 1);
    });
  });
}
