import type { DifferenceKind, ReconciliationStatus, Resolution } from '@hutong/payment-core';
import type { LocalText } from '@hutong/payment-port';

const text = (zh: string, en: string): LocalText => ({ 'zh-CN': zh, en });

export const STATUS_WORDS: Readonly<Record<ReconciliationStatus, LocalText>> = {
  ready: text('已对账', 'Reconciled'),
  running: text('对账中', 'Running'),
  not_ready: text('账单未出', 'No statement yet'),
  failed: text('未能读取账单', 'The statement could not be read'),
};

export const KIND_WORDS: Readonly<Record<DifferenceKind, LocalText>> = {
  missing_here: text('对方有，我方无', 'Theirs, not ours'),
  missing_there: text('我方有，对方无', 'Ours, not theirs'),
  amount: text('金额不一致', 'Amounts differ'),
  state: text('状态不一致', 'States differ'),
  duplicate: text('重复入账', 'Listed twice'),
  refund_without_payment: text('退款无对应支付', 'Refund without payment'),
  foreign: text('非本系统交易', 'Not of this system'),
};

export const RESOLUTION_WORDS: Readonly<Record<Resolution | 'open', LocalText>> = {
  settled: text('已查实入账', 'Settled by query'),
  owed: text('已查实，将退回', 'Proven, owed back'),
  confirmed: text('对方查询结果与我方一致', 'Asked again: they agree'),
  review: text('等待人工处理', 'Waits for a person'),
  unanswered: text('对方未应答，稍后再查', 'No answer, asked again later'),
  none: text('无需处理', 'Nothing to do'),
  open: text('待处理', 'Open'),
};

/** Everything else that the page says. */
export const WORDS = {
  title: text('对账', 'Reconciliation'),
  matched: text('一致', 'Matched'),
  found: text('差异', 'Differences'),
  remaining: text('待人工处理', 'For people'),
  inFlight: text('在途', 'In flight'),
  waiting: text('等待相邻日账单', 'Waiting for another day'),
  sums: text('金额合计', 'Sums'),
  statement: text('账单', 'Statement'),
  payments: text('支付', 'Payments'),
  refunds: text('退款', 'Refunds'),
  fees: text('手续费', 'Fees'),
  kind: text('差异类型', 'What differs'),
  done: text('处理结果', 'What was done'),
  ours: text('我方', 'Ours'),
  theirs: text('对方', 'Theirs'),
  numbers: text('单号', 'Numbers'),
  lines: text('笔', 'lines'),
  gone: text('最近一次已不再出现', 'No longer found'),
  copied: text('已复制', 'Copied'),
  more: text(
    '只显示前一部分差异；其余请用命令行或接口读取。',
    'These are the first differences; the command line and the API have the rest.',
  ),
  none: text(
    '没有差异。账单上的每一笔都与我方记录一致。',
    'No differences: every line of the statement is what our books say.',
  ),
  noFigures: text(
    '这一天还没有对账结果。账单读完并核对无误后，这里会显示合计与差异。',
    'This day has no result yet. Sums and differences appear here once its statement has been read to the end and holds.',
  ),
} as const satisfies Record<string, LocalText>;
