/** The yardstick: RSA-2048 signatures over a message as long as an answer's, one after the other, and nothing else. */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const message = randomBytes(110);

process.on('message', ({ ms }) => {
  const started = performance.now();
  const before = process.cpuUsage();
  let count = 0;
  while (performance.now() - started < ms) {
    sign('RSA-SHA256', message, privateKey);
    count += 1;
  }
  const { user, system } = process.cpuUsage(before);
  process.send({ count, seconds: (performance.now() - started) / 1e3, cpuSeconds: (user + system) / 1e6 });
});
