import type { AccountWish } from '../frame/accounts.js';
import type { NextAction } from '../frame/next-action.js';
import { PROVIDERS, type Provider } from '../frame/provider.js';
import { PAY_RESULTS, type PayCommand } from '../frame/wire.js';
import {
  asFields,
  type Fields,
  onlyFields,
  oneOf,
  optionalFlag,
  optionalInteger,
  optionalOneOf,
  optionalText,
  text,
  textFields,
  wrong,
} from './fields.js';

/** `POST /__sandbox/accounts`; fields other than these two are judged by the wire. @throws ControlError 400 */
export function accountWish(body: Fields): { readonly provider: Provider; readonly wish: AccountWish } {
  const provider = oneOf(body, 'provider', PROVIDERS);
  const { provider: _, ...rest } = body;
  return { provider, wish: { ...rest, name: text(body, 'name') } };
}

/** `POST /__sandbox/accounts/{provider}/{name}/switch`: whether it completes what was begun. @throws ControlError 400 */
export function switchCommand(body: Fields): boolean {
  onlyFields(body, ['complete']);
  return optionalFlag(body, 'complete') ?? false;
}

/** `POST /__sandbox/trades/{id}/pay`. @throws ControlError 400 */
export function payCommand(body: Fields): Partial<PayCommand> {
  onlyFields(body, ['payer', 'result', 'force']);
  const result = optionalOneOf(body, 'result', PAY_RESULTS);
  return {
    payer: optionalText(body, 'payer'),
    ...(result && { result }),
    force: optionalFlag(body, 'force') ?? false,
  };
}

/** `POST /__sandbox/open`. @throws ControlError 400 */
export function openCommand(body: Fields): {
  readonly action: NextAction;
  readonly payer: string | undefined;
  readonly pageUrl: string | undefined;
} {
  onlyFields(body, ['next_action', 'payer', 'page_url']);
  return {
    action: nextAction(asFields(body['next_action'], 'next_action')),
    payer: optionalText(body, 'payer'),
    pageUrl: optionalText(body, 'page_url'),
  };
}

/**
 * Other fields (`expires_at`) may stand beside; the wallet goes by what it reads in the content itself.
 * @throws ControlError 400
 */
export function nextAction(fields: Fields): NextAction {
  const within = 'next_action.';
  switch (fields['type']) {
    case 'invoke_sdk':
      return {
        type: 'invoke_sdk',
        sdk: text(fields, 'sdk', within),
        params: textFields(fields['params'], `${within}params`),
      };
    case 'redirect': {
      const form = fields['form'];
      const url = text(fields, 'url', within);
      return {
        type: 'redirect',
        url,
        ...(form === undefined || form === null ? {} : { form: textFields(form, `${within}form`) }),
      };
    }
    case 'show_qr_code':
      return { type: 'show_qr_code', content: text(fields, 'content', within) };
    default:
      throw wrong(`${within}type`, 'must be something a wallet opens: invoke_sdk, redirect, show_qr_code');
  }
}

const TEN_YEARS_MS = 10 * 366 * 86_400_000;

/** `PUT /__sandbox/clock`: either `{advance_ms}` or `{now}`. @throws ControlError 400 */
export function clockCommand(body: Fields): { readonly advanceMs: number } | { readonly now: Date } {
  onlyFields(body, ['advance_ms', 'now']);
  const advanceMs = optionalInteger(body, 'advance_ms', [0, TEN_YEARS_MS]);
  const given = optionalText(body, 'now');
  if ((advanceMs === undefined) === (given === undefined))
    throw wrong('advance_ms or now', 'is needed, one of the two');
  if (advanceMs !== undefined) return { advanceMs };
  const now = new Date(given ?? '');
  // Years of four digits, as RFC 3339 and both wires write them: time must not run into the end of `Date`.
  if (!/^\d{4}-/.test(given ?? '') || Number.isNaN(now.getTime())) throw wrong('now', 'must be an RFC 3339 time');
  return { now };
}
