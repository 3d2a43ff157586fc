import type { Answer, ExchangePlan } from '../frame/exchanges.js';
import type { BillLinks } from './bill-links.js';
import { parseBillDigits } from './bill-period.js';
import type { Bills } from './bills.js';
import { errorPage, resultPage } from './client-pages.js';
import { injected } from './injected-error.js';

const DEAD_LINK = {
  zh: '下载链接无效或已过期',
  en: 'This link is not one of ours, or older than 30 seconds: ask for a new one.',
};

/** GET of a statement: who has the link has the file, no signature is asked for and none is given. */
export function billDownload(bills: Bills, links: BillLinks): ExchangePlan {
  return {
    provider: 'alipay',
    operation: 'bill',
    references: ({ query }) => datesOf(query),
    answer: async ({ query, notes }) => {
      const name = links.open(query);
      const file = name && (await bills.file(name));
      if (name !== undefined && file !== undefined) return zipAnswer(file, `${name.acct}_${name.digits}.csv.zip`);
      notes.verdict = 'refused';
      notes.reason = DEAD_LINK.en;
      return { ...resultPage(DEAD_LINK), status: 403 };
    },
    error: (_arrived, { status = 200, code = 'isp.unknow-error' }) => ({
      ...errorPage(injected(code, undefined)),
      status,
    }),
  };
}

function zipAnswer(body: Buffer, name: string): Answer {
  const headers = {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${name}"`,
  };
  return { status: 200, headers, body };
}

/** As `bill_date` has it, so that one fault rule names the call and the download. */
function datesOf(query: URLSearchParams): readonly string[] {
  const period = parseBillDigits(query.get('bizDates') ?? '');
  return period === undefined ? [] : [period.date];
}
