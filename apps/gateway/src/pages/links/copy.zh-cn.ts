/** What stands before a page, in Chinese. */
export const zhCn = {
  copyAddress: {
    title: '请复制链接，到浏览器里打开',
    field: '链接',
    copy: '复制链接',
    copied: '已复制',
    byHand: '请长按上面的链接复制',
    steps: {
      browser: ['复制上面的链接', '打开手机浏览器', '粘贴到地址栏，打开后继续'],
      wechat_pay: ['复制上面的链接', '打开手机浏览器，粘贴到地址栏', '按页面提示转到微信，完成付款'],
      alipay: ['复制上面的链接', '打开手机浏览器，粘贴到地址栏', '按页面提示转到支付宝，完成付款'],
    },
  },
  confirm: {
    title: '即将离开聊天',
    text: (app: string, host: string) => `这个链接会打开「${app}」的付款页，网站是 ${host}，不由聊天应用提供。`,
    care: '打开前请确认：链接来自你认识的人；不要在页面上填写验证码，也不要把密码告诉任何人。',
    open: '我已了解，继续打开',
  },
  choice: { title: '怎么打开这个链接？', open: '在这里打开', or: '或者复制链接，到浏览器里打开' },
};

export type LinkCopy = typeof zhCn;
