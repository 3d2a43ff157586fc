import type { CodeCopy } from './copy.zh-cn.js';

/** The page behind one code, in English. */
export const en: CodeCopy = {
  title: (app) => `Pay ${app}`,
  pay: (amount) => `Pay ${amount}`,
  payWith: { wechat_pay: 'With WeChat Pay', alipay: 'With Alipay', any: 'With your wallet' },
  timeLeftPattern: 'Pay within {time}',
  refused: 'That did not work',
  refusals: {
    choose: 'Choose a way to pay first.',
    unavailable:
      'The wallet cannot be reached at the moment. You were not charged. Try again soon, or pay another way.',
    notOffered: 'This way to pay is not open for this order. Choose another one.',
    environment: 'This way to pay does not open here. Choose another one, or open the page in a browser.',
    payer: 'The wallet did not accept this payment. Try another account or another way to pay.',
    other: 'Nothing was ordered and you were not charged. Try again.',
  },
  untaken: {
    title: (wallet) => `${wallet} cannot pay here`,
    reasons: {
      notOffered: (app, wallet) => `${app} does not take ${wallet} at the moment.`,
      amount: (_, wallet) => `This amount cannot be paid with ${wallet}.`,
      unavailable: (_, wallet) => `${wallet} cannot be reached. You were not charged; scan again soon.`,
      environment: (_, wallet) => `${wallet} cannot open its payment window here.`,
    },
    scanWith: (wallets) => `Scan the same code with ${wallets}.`,
    or: 'Or pay another way:',
    orCopy: 'Or copy the link and open it in your phone’s browser.',
    none: 'There is no other way to pay right now; please tell the shop.',
  },
  wallets: { wechat_pay: 'WeChat', alipay: 'Alipay' },
  and: ' or ',
  thisWallet: 'This wallet',
  signIn: {
    title: 'WeChat did not tell who you are',
    text: 'The sign-in is too old, or was not begun on this page. You were not charged; scan the code again or go back.',
    back: 'Back to the payment',
  },
  ended: {
    mine: { title: 'Paid', text: 'Thank you! You can show this page to the shop.' },
    paid: { title: 'This order is paid already', text: 'There is nothing left to pay.' },
    canceled: {
      title: 'This order was cancelled',
      text: 'There is nothing to pay. To buy it after all, ask the shop to order again.',
    },
    expired: { title: 'This code has run out', text: 'Ask for a fresh code and scan it.' },
    replaced: { title: 'There is a newer code', text: 'Scan the one on the screen now.' },
  },
  returned:
    'You paid too, but somebody was faster. Your money goes back to where it came from; there is nothing to do.',
  late: 'If you paid just now, it will be confirmed or sent back.',
  facts: { method: 'Paid with', paidAt: 'Paid on', goods: 'For' },
};
