import type { Copy } from './copy.zh-cn.js';

/** What every page says, in English. */
export const en: Copy = {
  otherLanguage: '中文',
  otherLanguageHint: '用中文显示此页',
  problem: {
    notFound: {
      title: 'This page does not exist',
      text: 'The link may be incomplete. Open the payment page again from the shop.',
    },
    tooMany: { title: 'Too many requests', text: 'Wait a minute, then reload the page.' },
    refused: { title: 'This request cannot be carried out', text: 'Go back to the payment page and try again.' },
    unexpected: {
      title: 'Something went wrong on this page',
      text: 'You will not be charged twice because of it. Reload in a moment; if you need help, quote this number.',
    },
    requestId: 'Number',
  },
};
