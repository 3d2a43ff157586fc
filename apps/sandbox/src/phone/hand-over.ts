import { nextAction } from '../control/commands.js';
import { asFields, optionalText, wrong } from '../control/fields.js';
import { ControlError } from '../frame/control-error.js';
import type { NextAction } from '../frame/next-action.js';
import { backToShop } from '../frame/back-to-shop.js';

/** Node takes 16 KiB of head; this leaves the browser its cookies. */
const LONGEST = 12_000;

/** What a merchant's page hands to the phone, and where its customer comes from. */
export interface HandOver {
  readonly action: NextAction;
  readonly returnUrl: string | undefined;
}

/** `next_action` of `/?next_action=…`: base64url of `{next_action, return_url?}` as UTF-8 JSON. @throws ControlError 400 */
export function readHandOver(parameter: string): HandOver {
  const fields = asFields(decoded(parameter), 'next_action');
  return {
    action: nextAction(asFields(fields['next_action'], 'next_action.next_action')),
    returnUrl: returnUrlIn(optionalText(fields, 'return_url')),
  };
}

/** Where a phone leads back to: http and https only. @throws ControlError 400 */
export function returnUrlIn(given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  const url = backToShop(given);
  if (url === undefined) throw wrong('return_url', 'must be an http or https address');
  return url;
}

function decoded(parameter: string): unknown {
  if (parameter.length > LONGEST) throw wrong('next_action', `must not be longer than ${LONGEST} characters`);
  if (!/^[\w-]+={0,2}$/.test(parameter)) throw wrong('next_action', 'must be base64url');
  try {
    return JSON.parse(Buffer.from(parameter, 'base64url').toString('utf8')) as unknown;
  } catch {
    throw new ControlError(400, 'next_action must be base64url of {next_action, return_url?} as JSON.');
  }
}
