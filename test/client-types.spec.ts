import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { WEBHOOK_EVENT_TYPES } from '@hutong/client';
import { describeApi } from '@hutong/gateway';
import { APP_EVENT_TYPES, EVENT_TYPES } from '@hutong/payment-core';
import { describe, expect, it } from 'vitest';
import { clientTypes, TYPES } from '../scripts/client/types.mjs';

describe("the client's types", () => {
  it('are those of the API as the gateway describes it now', async () => {
    const kept = readFileSync(resolve(import.meta.dirname, '..', TYPES), 'utf8');
    const made = await clientTypes(await describeApi());
    expect(kept === made, `${TYPES} is not of this gateway any more: run \`npm run generate:client\``).toBe(true);
  });

  it('know the merchant’s routes and no others', async () => {
    const made = await clientTypes(await describeApi());
    expect(made).toContain("'/v1/payments/{id}/refunds'");
    expect(made).not.toMatch(/'\/admin|'\/health|'\/notifications/);
  });

  it('name every event that a webhook can report', () => {
    expect([...WEBHOOK_EVENT_TYPES].toSorted()).toEqual([...EVENT_TYPES, ...APP_EVENT_TYPES].toSorted());
  });
});
