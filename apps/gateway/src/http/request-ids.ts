import { newId } from '@hutong/payment-core';

/** Ids that no other request of this or any other process has: a random head of the process's own, and a count. */
export function requestIds(): () => string {
  const head = newId('evt').replace('evt_', 'req_');
  let count = 0;
  return () => `${head}${(count++).toString(36)}`;
}
