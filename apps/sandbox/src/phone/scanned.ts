import { ControlError } from '../frame/control-error.js';
import type { NextAction } from '../frame/next-action.js';

/** Longer than any code, link or order string that a wallet takes. */
const LONGEST = 16_384;

/** What somebody may hold before the camera: ways to read it, the likeliest first; and the web address that it is, if it is one. */
export interface Scanned {
  readonly actions: readonly NextAction[];
  readonly address: string | undefined;
}

/** @throws ControlError 400 for nothing, or far too much */
export function readScanned(pasted: string): Scanned {
  const content = pasted.trim();
  if (content === '') throw new ControlError(400, 'Nothing was pasted. Paste a code, a link or an order string.');
  if (content.length > LONGEST)
    throw new ControlError(400, `More than ${LONGEST} characters: no wallet's code is that long.`);
  const address = webAddress(content);
  if (address !== undefined) return { actions: [{ type: 'redirect', url: content }, code(content)], address };
  if (isOrderString(content)) return { actions: [orderString(content)], address };
  return { actions: [code(content)], address };
}

/** A link that only http or https may be followed; undefined for anything else. */
export function webAddress(text: string): string | undefined {
  return /^https?:\/\/[^\s]+$/i.test(text) ? URL.parse(text)?.href : undefined;
}

const code = (content: string): NextAction => ({ type: 'show_qr_code', content });

const orderString = (content: string): NextAction => ({
  type: 'invoke_sdk',
  sdk: 'alipay_app',
  params: { order_string: content },
});

/** What an app hands to Alipay's SDK: the signed parameters of a call, as one query string. */
function isOrderString(content: string): boolean {
  return /(?:^|&)app_id=/.test(content) && /(?:^|&)sign=/.test(content);
}
