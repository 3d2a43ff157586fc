import type { Configuration } from '../configuration.js';
import { connect, type ConnectOptions } from '../connect.js';

/** Does some work on the configuration, and lets go of it however that ends. */
export async function using(
  options: ConnectOptions,
  work: (configuration: Configuration) => Promise<void>,
): Promise<void> {
  const { configuration } = await connect(options);
  try {
    await work(configuration);
  } finally {
    await configuration.close();
  }
}
