/** Ports for servers that have to know theirs before they listen. Node built-ins only: it runs before any build. */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below those that systems hand out by themselves (from 32768 on Linux, from 49152 elsewhere): nobody's outgoing connection
 * takes one of these between our asking and our listening.
 */
const [FIRST, LAST] = [20_000, 32_000];

/** Enough for anybody who has one left. */
const TRIES = 100;

/** A port of loopback that nothing listens on right now. */
export async function freePort() {
  for (let tried = 0; tried < TRIES; tried++) {
    const port = randomInt(FIRST, LAST);
    if (await isFree(port)) return port;
  }
  throw new Error(`Nothing is free among ${TRIES} ports between ${FIRST} and ${LAST}.`);
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
