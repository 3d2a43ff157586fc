import type { Arrived } from '../frame/arrived.js';
import type { WechatAccount } from './account.js';
import type { WechatContext } from './context.js';
import { jsonOf } from './json-body.js';
import { openedFields } from './sensitive-fields.js';

/**
 * An order's `payer.identity` (combined: `combine_payer_info.identity`) must have been encrypted for this merchant's
 * WeChat Pay key (protocol §2.5, §3.2). Who the payer says to be is not compared with anything. Shapes are the order's
 * own rules to judge. @throws WechatError
 */
export async function refuseUnreadableIdentity(
  arrived: Arrived,
  account: WechatAccount,
  context: WechatContext,
): Promise<void> {
  // Hardly any order has one: most are not read twice.
  if (!arrived.body.includes('"identity"')) return;
  const sealed = sealedFields(arrived.body);
  if (sealed.length > 0) await openedFields(sealed, arrived, account, context);
}

interface Payer {
  readonly identity?: { readonly number?: unknown; readonly name?: unknown } | null;
}

interface Payers {
  readonly payer?: Payer | null;
  readonly combine_payer_info?: Payer | null;
}

function sealedFields(bytes: Buffer): readonly string[] {
  try {
    const { payer, combine_payer_info: together } = jsonOf(bytes) as Payers;
    const identities = [payer?.identity, together?.identity];
    return identities
      .flatMap((identity) => [identity?.number, identity?.name])
      .filter((field) => typeof field === 'string');
  } catch {
    return [];
  }
}
