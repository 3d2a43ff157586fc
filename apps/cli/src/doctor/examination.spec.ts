import { describe, expect, it } from 'vitest';
import { gatewayExamination } from './examination.js';

/** An admin API that notes what it is asked, and answers `answer`. */
function noting(answer: unknown) {
  const asked: { method: string; path: string; body: unknown }[] = [];
  const call = async (method: string, path: string, body?: unknown) => {
    asked.push({ method, path, body: JSON.parse(JSON.stringify(body ?? null)) });
    return answer;
  };
  return { asked, examination: gatewayExamination('http://gateway', { call: call as never }) };
}

describe('gatewayExamination', () => {
  it('sends the message as it travelled, its bytes as Base64, and no key', async () => {
    const diagnosis = { holds: true, findings: [] };
    const { asked, examination } = noting(diagnosis);
    const message = {
      kind: 'answer',
      headers: [['Date', 'x']] as [string, string][],
      body: Buffer.from([0xff]),
    } as const;
    const at = new Date('2026-11-23T04:00:00Z');
    expect(await examination.diagnose({ app: 'a/b', provider: 'alipay', ref: 'main', at }, message)).toBe(diagnosis);
    expect(asked).toEqual([
      {
        method: 'POST',
        path: '/apps/a%2Fb/accounts/alipay/diagnose',
        body: { kind: 'answer', headers: [['Date', 'x']], body: '/w==', ref: 'main', at: '2026-11-23T04:00:00.000Z' },
      },
    ]);
  });

  it("asks for an app's accounts to be checked", async () => {
    const { asked, examination } = noting({ data: [] });
    expect(await examination.checkAccounts('taote')).toEqual([]);
    expect(asked).toEqual([{ method: 'POST', path: '/apps/taote/accounts/check', body: {} }]);
  });
});
