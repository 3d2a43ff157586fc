import type { CashierCopy } from './copy.zh-cn.js';

/** The cashier in English. */
export const en: CashierCopy = {
  title: (app) => `Pay ${app}`,
  choose: 'How would you like to pay?',
  more: (count) => `More ways to pay (${count})`,
  pay: (amount) => `Pay ${amount}`,
  noOptions: {
    title: 'No way to pay right now',
    text: 'Try again in a moment, or go back to the shop and order differently.',
  },
  timeLeftPattern: 'Pay within {time}',
  backToShop: 'Back to the shop',
  checkAgain: 'I have paid, check again',
  otherMethod: 'Choose another way to pay',
  changed: 'The payment has changed, reloading the page',
  refused: 'That did not work',
  refusals: {
    choose: 'Choose a way to pay first.',
    unavailable:
      'This wallet cannot be reached at the moment. You were not charged. Try again soon, or pay another way.',
    notOffered: 'This way to pay is not open for this order. Choose another one.',
    amount: 'This amount cannot be paid this way. Choose another one.',
    environment: 'This way to pay does not open here. Choose another one, or open the page in a browser.',
    payer: 'The wallet did not accept this payment. Try another account or another way to pay.',
    identity:
      'Your wallet account is not known here. Open the payment from within the shop’s own pages, or pay another way.',
    friend: 'Ask a friend to pay from within the shop’s app.',
    other: 'Nothing was ordered and you were not charged. Try again, or pay another way.',
  },
  scan: {
    title: 'Scan to pay',
    label: 'Payment code',
    wechat_pay: 'Scan it with WeChat',
    alipay: 'Scan it with Alipay',
    any: 'Scan it with WeChat or Alipay',
    validFor: 'Valid for',
    minutes: '{minutes} min',
    gone: 'This code has run out',
    renew: 'New code',
  },
  goOn: {
    title: 'On to the payment',
    text: (method) => `${method} will open for the payment.`,
    button: 'Continue',
    after: 'Come back here afterwards: the result appears by itself.',
  },
  handOver: {
    title: (method) => `Confirm in ${method}`,
    text: 'No payment window? Press the button once more.',
    button: 'Open the payment window',
    noBridge:
      'The payment window does not open here. Open this page in the shop’s app or in the wallet, or pay another way.',
    canceled: 'The payment window was closed. Nothing has been paid.',
    sandbox: 'Pay on the sandbox phone',
  },
  waiting: { title: 'Waiting for the payment', text: 'Confirm it on your phone.' },
  starting: { title: 'Placing the order', text: 'This takes a few seconds. Please do not pay twice.' },
  unknown: {
    title: 'Finding out',
    text: 'The wallet has not given a clear answer yet. We keep asking; please do not pay again until we know.',
  },
  standings: {
    paid: { title: 'Paid', text: '' },
    partly_refunded: { title: 'Partly refunded', text: 'The refund goes back to the account that paid.' },
    refunded: { title: 'Refunded', text: 'The money has gone back to the account that paid.' },
    canceled: {
      title: 'Order cancelled',
      text: 'There is nothing to pay. To buy it after all, order again at the shop.',
    },
    expired: {
      title: 'Order expired',
      text: 'The time to pay is over; order again at the shop. If you paid just now, it will be confirmed or sent back.',
    },
  },
  facts: {
    amount: 'Amount',
    refunded: 'Refunded',
    method: 'Paid with',
    paidAt: 'Paid on',
    orderNo: 'Order number',
    goods: 'For',
  },
  returning: 'Back to the shop in {seconds} s',
  stay: 'Stay here',
  mayClose: 'You can close this page now.',
};
