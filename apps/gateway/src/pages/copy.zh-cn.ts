/** What every page says, in Chinese. The other languages have the type of this one: a text that is missing does not compile. */
export const zhCn = {
  otherLanguage: 'English',
  otherLanguageHint: 'Show this page in English',
  problem: {
    notFound: { title: '找不到这个页面', text: '链接可能不完整，请回到商家重新打开付款页。' },
    tooMany: { title: '操作太频繁了', text: '请稍等一分钟，再刷新页面。' },
    refused: { title: '这个请求无法处理', text: '请回到付款页重试。' },
    unexpected: { title: '页面出了点问题', text: '不会因此重复扣款。请稍后刷新；如需帮助，请提供下面的编号。' },
    requestId: '编号',
  },
};

export type Copy = typeof zhCn;
