import type { FactsDocument, ReplayDocument } from '@hutong/payment-core';
import { plainTable } from '../plain-table.js';

/** A report for people: how many, which methods, and a few of the checkouts before and after. */
export function replayText({ checkouts, changed, appear, vanish, move, examples }: ReplayDocument): string {
  if (checkouts === 0) return 'no checkouts in that time: only lists that were shown with a payment are kept';
  if (changed === 0) return `${checkouts} checkouts, and none would look different`;
  const methods = [...new Set([appear, vanish, move].flatMap((counts) => Object.keys(counts)))].toSorted();
  const share = ((changed / checkouts) * 100).toFixed(1);
  return [
    `${changed} of ${checkouts} checkouts (${share} %) would look different`,
    plainTable(
      ['method', 'would appear', 'would vanish', 'would move'],
      methods.map((method) => [method, ...[appear, vanish, move].map((counts) => String(counts[method] ?? 0))]),
    ),
    examples.length === 1 ? 'the first of them' : `the first ${examples.length} of them`,
    plainTable(
      ['when', 'checkout', 'shown', 'would be shown'],
      examples.map(({ facts, before, after }) => [facts.at, checkoutText(facts), listed(before), listed(after)]),
      { lined: true },
    ),
  ].join('\n');
}

function checkoutText({ scene, amount, currency, payer_id, segments = [], client_version }: FactsDocument): string {
  const more = [
    ...(payer_id === undefined ? [] : [`payer ${payer_id}`]),
    ...segments,
    ...(client_version === undefined ? [] : [`client ${client_version}`]),
  ];
  return [`${scene}, ${(amount / 100).toFixed(2)} ${currency}`, ...more].join(', ');
}

function listed(methods: readonly string[]): string {
  return methods.length === 0 ? 'nothing' : methods.map((method, index) => `${index + 1} ${method}`).join('\n');
}
