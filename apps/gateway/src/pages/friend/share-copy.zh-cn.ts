/** Asking a friend, inside the cashier, in Chinese. */
export const zhCn = {
  ask: {
    title: '请朋友帮你付款',
    text: '朋友打开链接就能付，看不到你的地址、电话和账户。',
    message: '给朋友留句话（可不填）',
    button: '生成代付链接',
  },
  badMessage: '留言最多 120 个字，写成一行。',
  waiting: { title: '等待好友付款', text: '把链接或口令发给朋友。付好后这里会自动更新。' },
  claimed: { title: '有好友正在付款', text: '请稍等，付好后这里会自动更新。' },
  share: '发给朋友',
  link: '代付链接',
  copyLink: '复制链接',
  code: '打不开链接时，把口令发给朋友',
  copyCode: '复制口令',
  copied: '已复制',
  byHand: '请长按上面的文字复制',
  qr: '当面请朋友扫码',
  qrLabel: '代付链接的二维码',
  cancel: '取消代付',
  until: '有效至',
  refunds: '若退款，款项退回朋友的账户。',
};

export type ShareCopy = typeof zhCn;
