import type { FriendCopy } from './copy.zh-cn.js';

/** The friend's page in English. */
export const en: FriendCopy = {
  title: (app) => `Pay for a friend · ${app}`,
  asks: (app) => `Your friend has chosen something at ${app} and asks you to pay for it`,
  message: 'What your friend says',
  goods: 'For',
  pay: (amount) => `Pay ${amount} for them`,
  payWith: { wechat_pay: 'With WeChat Pay', alipay: 'With Alipay', any: 'With your wallet' },
  refunds: 'If it is refunded, the money comes back to your account.',
  until: 'Until',
  timeLeftPattern: 'Pay within {time}',
  held: {
    title: 'Somebody is paying for them',
    text: (time) => `Another friend is about to pay. If they have not by ${time}, you can take over.`,
    again: 'Look again',
    waitPattern: '{time} to wait',
  },
  elsewhere: {
    wechat_pay: 'This is paid with WeChat, which does not open here',
    alipay: 'This is paid with Alipay, which does not open here',
    any: 'This cannot be paid here; open it in a browser',
  },
  refused: 'That did not work',
  refusals: {
    unavailable: 'The wallet cannot be reached at the moment. You were not charged. Try again soon.',
    notOffered: 'This order cannot be paid this way now. Your friend can choose another way and send it again.',
    payer: 'The wallet did not accept this payment. Try another account, or leave it to somebody else.',
    exhausted: 'There were too many tries. Ask your friend for a new link.',
    cookies: 'Your browser is not known here yet. Allow this page its cookie, then press the button again.',
    other: 'Nothing was ordered and you were not charged. Try again.',
  },
  signIn: {
    title: 'WeChat did not tell who you are',
    text: 'The sign-in is too old, or was not begun on this page. You were not charged; go back and try again.',
    back: 'Back to the payment',
  },
  ended: {
    mine: {
      title: 'You have paid for them',
      text: 'Thank you! If it is refunded, the money comes back to your account.',
    },
    paid: { title: 'Somebody has paid already', text: 'There is nothing left for you to pay. Thank you for helping!' },
    canceled: {
      title: 'Your friend took the request back',
      text: 'There is nothing to pay. To help after all, ask them for a new link.',
    },
    expired: {
      title: 'This link has run out',
      text: 'Nobody is charged for it any more. To help after all, ask your friend for a new link.',
    },
  },
  returned:
    'You paid too, but somebody was faster. Your money goes back to where it came from; there is nothing to do.',
  late: 'If you paid just now, it will be confirmed or sent back.',
  facts: { amount: 'Amount', method: 'Paid with', paidAt: 'Paid on', goods: 'For' },
};
