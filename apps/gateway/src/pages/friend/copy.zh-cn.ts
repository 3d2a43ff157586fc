/** The friend's page in Chinese. */
export const zhCn = {
  title: (app: string) => `帮朋友付款 · ${app}`,
  asks: (app: string) => `你的朋友在「${app}」请你帮忙付款`,
  message: '朋友的留言',
  goods: '买什么',
  pay: (amount: string) => `帮TA付款 ${amount}`,
  payWith: { wechat_pay: '将用微信支付', alipay: '将用支付宝付款', any: '将用你的钱包付款' },
  refunds: '若退款，款项退回你的账户。',
  until: '有效至',
  timeLeftPattern: '请在 {time} 内付款',
  held: {
    title: '有人正在帮TA付款',
    text: (time: string) => `另一位朋友正在付款。如果到 ${time} 还没有付成，你就可以接着帮忙。`,
    again: '再看一下',
    waitPattern: '还要等 {time}',
  },
  elsewhere: {
    wechat_pay: '这笔款要用微信付，这里打不开微信',
    alipay: '这笔款要用支付宝付，这里打不开支付宝',
    any: '这里付不了，请换到浏览器里打开',
  },
  refused: '这次没有成功',
  refusals: {
    unavailable: '暂时连接不上钱包，没有扣款。请稍后再试。',
    notOffered: '这笔订单现在不能这样付。请让朋友换一种方式，重新发给你。',
    payer: '钱包没有接受这次付款。换一个账户再试，或请朋友找别人帮忙。',
    exhausted: '试的次数太多了。请让朋友重新发一个链接。',
    cookies: '还认不出你的浏览器。请允许这个页面使用 Cookie，然后再点一次付款。',
    other: '没有下单成功，也没有扣款。请再试一次。',
  },
  signIn: {
    title: '微信没有认出你',
    text: '登录已过期，或不是从这个页面发起的。没有扣款，请回到付款页再试一次。',
    back: '回到付款页',
  },
  ended: {
    mine: { title: '已帮TA付款', text: '谢谢你！若退款，款项退回你的账户。' },
    paid: { title: '已经有人付好了', text: '这笔订单已付款，你不用再付。谢谢你愿意帮忙！' },
    canceled: { title: '朋友取消了这次代付', text: '不需要付款。如果还想帮忙，请让朋友重新发一个链接。' },
    expired: { title: '这个链接已过期', text: '没有付款的不会扣款。如果还想帮忙，请让朋友重新发一个链接。' },
  },
  returned: '你也付了款，但已经有人先付了。你的钱会原路退回，不需要做什么。',
  late: '如果你刚刚付了款，系统会确认或原路退回。',
  facts: { amount: '金额', method: '付款方式', paidAt: '付款时间', goods: '商品' },
};

export type FriendCopy = typeof zhCn;
