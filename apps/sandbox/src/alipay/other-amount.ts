import { formatYuan, parseYuan } from './yuan.js';

/** Every field whose name says that it is a sum of yuan. */
const SUMS = /"(\w+_(?:amount|fee))":"(\d+\.\d\d)"/g;

/** The same message, each sum one fen higher. */
export const otherAmount = (json: string): string =>
  json.replace(SUMS, (_, name: string, yuan: string) => `"${name}":"${formatYuan((parseYuan(yuan) ?? 0) + 1)}"`);
