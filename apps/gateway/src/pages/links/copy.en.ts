import type { LinkCopy } from './copy.zh-cn.js';

/** What stands before a page, in English. */
export const en: LinkCopy = {
  copyAddress: {
    title: 'Copy the link and open it in a browser',
    field: 'Link',
    copy: 'Copy link',
    copied: 'Copied',
    byHand: 'Press and hold the link above to copy it',
    steps: {
      browser: ['Copy the link above', 'Open your phone’s browser', 'Paste it into the address bar and go on'],
      wechat_pay: [
        'Copy the link above',
        'Open your phone’s browser and paste it',
        'Go on to WeChat from there, and pay',
      ],
      alipay: ['Copy the link above', 'Open your phone’s browser and paste it', 'Go on to Alipay from there, and pay'],
    },
  },
  confirm: {
    title: 'You are leaving the chat',
    text: (app, host) => `This link opens the payment page of ${app} at ${host}. The chat app does not run it.`,
    care: 'Before you go on: did somebody you know send it? Enter no verification code there, and tell nobody your password.',
    open: 'I understand, open it',
  },
  choice: { title: 'How should this link open?', open: 'Open it here', or: 'Or copy it into a browser' },
};
