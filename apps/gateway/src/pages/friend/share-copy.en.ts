import type { ShareCopy } from './share-copy.zh-cn.js';

/** Asking a friend, inside the cashier, in English. */
export const en: ShareCopy = {
  ask: {
    title: 'Ask a friend to pay',
    text: 'Your friend opens a link and pays. They see neither your address nor your number nor your account.',
    message: 'A line to your friend (optional)',
    button: 'Make the link',
  },
  badMessage: 'At most 120 characters, on one line.',
  waiting: {
    title: 'Waiting for your friend',
    text: 'Send them the link or the code. This page tells you when it is paid.',
  },
  claimed: { title: 'Somebody is about to pay', text: 'One moment: this page tells you when it is paid.' },
  share: 'Send to a friend',
  link: 'Link',
  copyLink: 'Copy link',
  code: 'Where links do not open, send this text',
  copyCode: 'Copy text',
  copied: 'Copied',
  byHand: 'Press and hold the text above to copy it',
  qr: 'Or let your friend scan it',
  qrLabel: 'The link as a code',
  cancel: 'Take the request back',
  until: 'Until',
  refunds: 'If it is refunded, the money goes back to your friend.',
};
