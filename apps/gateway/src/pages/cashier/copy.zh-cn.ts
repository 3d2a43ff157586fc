import type { RefusalWords } from './refusal-words.js';
import type { Standing } from './standing.js';

/** The cashier in Chinese. */
export const zhCn = {
  title: (app: string) => `付款给${app}`,
  choose: '选择付款方式',
  more: (count: number) => `更多付款方式（${count}）`,
  pay: (amount: string) => `确认支付 ${amount}`,
  noOptions: { title: '暂时没有可用的付款方式', text: '请稍后再试，或回到商家换一种方式下单。' },
  timeLeftPattern: '请在 {time} 内完成付款',
  backToShop: '返回商家',
  checkAgain: '我已付款，查询结果',
  otherMethod: '换一种付款方式',
  changed: '付款状态有更新，正在刷新页面',
  refused: '这次没有成功',
  refusals: {
    choose: '请先选择一种付款方式。',
    unavailable: '这种付款方式暂时连接不上，没有扣款。请稍后再试，或换一种方式。',
    notOffered: '这种付款方式现在不能用于这笔订单，请换一种。',
    amount: '这笔金额不能用这种方式付款，请换一种。',
    environment: '在这里打不开这种付款方式，请换一种，或换到手机、电脑浏览器里打开。',
    payer: '钱包没有接受这次付款，请换一种方式，或换一个账户再试。',
    identity: '这里认不出你的钱包账户。请从商家的公众号、小程序或应用里重新打开付款页，或换一种方式。',
    friend: '请回到商家的应用里发起好友代付。',
    other: '没有下单成功，也没有扣款。请再试一次，或换一种方式。',
  } satisfies Record<RefusalWords, string>,
  scan: {
    title: '请扫码付款',
    label: '付款二维码',
    wechat_pay: '打开微信，用「扫一扫」扫描',
    alipay: '打开支付宝，用「扫一扫」扫描',
    any: '用微信或支付宝「扫一扫」扫描',
    validFor: '有效时间',
    minutes: '{minutes} 分钟',
    gone: '二维码已失效',
    renew: '刷新二维码',
  },
  goOn: {
    title: '前往付款',
    text: (method: string) => `将打开「${method}」完成付款。`,
    button: '继续付款',
    after: '付完款回到这里，结果会自动显示。',
  },
  handOver: {
    title: (method: string) => `请在「${method}」中确认`,
    text: '付款窗口没有弹出？再点一次按钮。',
    button: '打开付款窗口',
    noBridge: '这里打不开付款窗口。请在商家的应用或钱包里打开本页，或换一种付款方式。',
    canceled: '付款窗口已关闭，还没有付款。',
    sandbox: '在沙箱手机上付款',
  },
  waiting: { title: '等待付款', text: '请在手机上确认这笔付款。' },
  starting: { title: '正在下单', text: '几秒钟就好，请不要重复付款。' },
  unknown: { title: '正在确认', text: '钱包还没有给出明确答复。我们会继续查询，结果出来前请不要重复付款。' },
  standings: {
    paid: { title: '付款成功', text: '' },
    partly_refunded: { title: '已部分退款', text: '退款会原路退回付款账户。' },
    refunded: { title: '已全额退款', text: '款项已原路退回付款账户。' },
    canceled: { title: '订单已取消', text: '这笔订单不需要再付款。如仍要购买，请回到商家重新下单。' },
    expired: {
      title: '订单已过期',
      text: '已超过付款时间，没有扣款的订单请回到商家重新下单。若刚刚付了款，系统会确认或退回。',
    },
  } satisfies Record<Exclude<Standing, 'open'>, { title: string; text: string }>,
  facts: {
    amount: '金额',
    refunded: '已退款',
    method: '付款方式',
    paidAt: '付款时间',
    orderNo: '订单号',
    goods: '商品',
  },
  returning: '{seconds} 秒后返回商家',
  stay: '留在此页',
  mayClose: '可以关闭此页了。',
};

export type CashierCopy = typeof zhCn;
