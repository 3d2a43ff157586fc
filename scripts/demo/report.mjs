/** The demo's tables. */
import Table from 'cli-table3';

const plain = { head: [], border: [], compact: true };

export function printApp(name, { order, hidden, titles, walks, remarks, errors }) {
  console.log(`\n${name}: ${order.join(' → ') || 'nothing to pay with'}`);
  const table = new Table({
    head: ['method', 'scene', 'next action', 'paid after', 'refunded', 'refunds took'],
    style: plain,
  });
  for (const { method, scene, row } of walks) {
    table.push([titles(method), scene, ...(row === undefined ? ['✗', '', '', ''] : cells(row))]);
  }
  console.log(table.toString());
  for (const { method, reason, message } of hidden.filter(worthTelling))
    console.log(`  not shown: ${method} (${reason}) ${message}`);
  for (const remark of remarks) console.log(`  ${remark}`);
  for (const { method, scene, error } of walks) if (error) console.log(`  ✗ ${method} in ${scene}: ${error.message}`);
  for (const error of errors) console.log(`  ✗ ${error.message}`);
}

function cells({ action, paidMs, refunded, refundedMs }) {
  return [action, `${paidMs} ms`, `¥${(refunded / 100).toFixed(2)}`, `${refundedMs} ms`];
}

/** Methods that an app never had are no news; what it holds back is. */
function worthTelling({ reason }) {
  return reason !== 'not_configured' && reason !== 'scene_unsupported';
}
