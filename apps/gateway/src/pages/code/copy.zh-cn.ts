/** The page behind one code, in Chinese. */
export const zhCn = {
  title: (app: string) => `付款给${app}`,
  pay: (amount: string) => `确认支付 ${amount}`,
  payWith: { wechat_pay: '将用微信支付', alipay: '将用支付宝付款', any: '将用你的钱包付款' },
  timeLeftPattern: '请在 {time} 内付款',
  refused: '这次没有成功',
  refusals: {
    choose: '请先选择一种付款方式。',
    unavailable: '暂时连接不上钱包，没有扣款。请稍后再试，或换一种方式。',
    notOffered: '这种付款方式现在不能用于这笔订单，请换一种。',
    environment: '在这里打不开这种付款方式，请换一种，或换到手机浏览器里打开。',
    payer: '钱包没有接受这次付款，请换一种方式，或换一个账户再试。',
    other: '没有下单成功，也没有扣款。请再试一次。',
  },
  untaken: {
    title: (wallet: string) => `这里不能用${wallet}付款`,
    reasons: {
      notOffered: (app: string, wallet: string) => `「${app}」现在不收${wallet}。`,
      amount: (_: string, wallet: string) => `这笔金额不能用${wallet}付。`,
      unavailable: (_: string, wallet: string) => `暂时连接不上${wallet}，没有扣款，请稍后再扫一次。`,
      environment: (_: string, wallet: string) => `${wallet}在这里打不开付款窗口。`,
    },
    scanWith: (wallets: string) => `请用${wallets}扫同一个码。`,
    or: '或者换一种方式：',
    orCopy: '或者复制链接，到手机浏览器里打开。',
    none: '暂时没有别的付款方式，请告诉店家。',
  },
  wallets: { wechat_pay: '微信', alipay: '支付宝' } as Readonly<Record<string, string>>,
  and: '或',
  thisWallet: '这个钱包',
  signIn: {
    title: '微信没有认出你',
    text: '登录已过期，或不是从这个页面发起的。没有扣款，请再扫一次码，或回到付款页再试。',
    back: '回到付款页',
  },
  ended: {
    mine: { title: '付款成功', text: '谢谢！可以把这一页给店家看。' },
    paid: { title: '这笔订单已经付过了', text: '不用再付。' },
    canceled: { title: '这笔订单已取消', text: '不需要付款。如仍要购买，请让店家重新下单。' },
    expired: { title: '这个二维码已失效', text: '请让店家出示新的二维码，再扫一次。' },
    replaced: { title: '这个二维码已换新', text: '请扫现在屏幕上的那一个。' },
  },
  returned: '你也付了款，但已经有人先付了。你的钱会原路退回，不需要做什么。',
  late: '如果你刚刚付了款，系统会确认或原路退回。',
  facts: { method: '付款方式', paidAt: '付款时间', goods: '商品' },
};

export type CodeCopy = typeof zhCn;
