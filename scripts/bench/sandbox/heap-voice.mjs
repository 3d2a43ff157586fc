/**
 * Loaded before the sandbox (`--import`, with `--expose-gc`): tells our parent what it has used of the processor, and what
 * its heap holds when nothing more can be freed. */
process.on('message', ({ heap }) => {
  const { user, system } = process.cpuUsage();
  process.send({ cpuSeconds: (user + system) / 1e6, ...(heap ? { bytes: bytesHeld() } : {}) });
});

function bytesHeld() {
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
process.channel?.unref();
