import type { SharedMethod } from '@hutong/payment-port';
import { walletOfCode, WALLETS_WITH_CODES } from './code-prefixes.js';

/** The payer shows a code, the till scans it (付款码): its prefix says which wallet is charged. */
export const barcode: SharedMethod = {
  id: 'barcode',
  kind: 'code',
  title: { 'zh-CN': '付款码', en: 'Payment code' },
  help: { 'zh-CN': '向收银员出示钱包里的付款码', en: 'Show the payment code of your wallet at the till' },
  scenes: { in_store: 'payer_code' },
  providers: WALLETS_WITH_CODES,
  providerOf: ({ authCode }) => (authCode === undefined ? undefined : walletOfCode(authCode)),
};
