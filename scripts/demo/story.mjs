/**
 * What must be true of the apps of the story, beside that everything they show can be paid: the order in a scene, what
 * stands in the way of the rest, the scenes that a method must be walked in, what a friend is asked by, whose codes a till
 * refuses, and in whose browser the one code is scanned. An app that is not named here is walked too.
 */
const live = {
  orders: { app: ['alipay', 'wechat_pay'] },
  walked: {
    wechat_pay: ['app', 'wechat_web', 'mobile_web', 'mini_program'],
    alipay: ['app', 'mobile_web', 'desktop_web'],
  },
};
const staged = { orders: { app: ['alipay'] }, hidden: { wechat_pay: 'not_in_rollout' } };
const reviewed = {
  orders: { app: ['alipay'] },
  hidden: { wechat_pay: 'pending_review' },
  testers: { 'reviewer-1': ['alipay', 'wechat_pay'] },
};

export const story = {
  taocaicai: { orders: { app: ['alipay', 'wechat_friend_pay'] }, asked: ['wechat_friend_pay'] },
  taote: {
    orders: { app: ['alipay', 'wechat_scan'], desktop_web: ['wechat_scan', 'alipay'] },
    hidden: { wechat_pay: 'pending_review' },
    walked: { wechat_scan: ['app', 'mobile_web', 'desktop_web'] },
    testers: { 'reviewer-1': ['alipay', 'wechat_scan', 'wechat_pay'] },
  },
  eleme: live,
  youku: live,
  damai: live,
  kaola: live,
  shuqi: live,
  xianyu: reviewed,
  hema: {
    ...reviewed,
    orders: { ...reviewed.orders, in_store: ['barcode', 'one_code'] },
    walked: { barcode: ['in_store'] },
    refusedCodes: { wechat_pay: 'pending_review' },
    scannedIn: 'alipay_web',
  },
  taobao: staged,
  tmall: staged,
  pinduoduo: {
    orders: { app: ['wechat_pay', 'duoduo_wallet', 'alipay'] },
    walked: { wechat_pay: ['app'], duoduo_wallet: ['app'], alipay: ['app'] },
  },
  jd: {
    orders: { app: ['wechat_pay'], in_store: ['one_code'] },
    hidden: { alipay: 'excluded_by_app' },
    refused: { alipay: 'excluded_by_app', alipay_scan: 'excluded_by_app' },
    refusedCodes: { alipay: 'excluded_by_app' },
    scannedIn: 'wechat_web',
  },
};
