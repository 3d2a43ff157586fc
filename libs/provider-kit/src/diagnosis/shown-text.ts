const QUOTE = String.raw`(?:\\?"|%22)?`;
const NAMES = 'auth_code|auth_token|app_auth_token|secret|app_secret|api_v3_key|private_key|encrypt_key';
const SECRET = new RegExp(`((?:${NAMES})${QUOTE}\\s*(?:[:=]|%3A)\\s*${QUOTE})((?:(?!%2[2C])[^"&,\\s}\\\\])+)`, 'gi');

const MOST_SHOWN = 8_192;

/** A signed string as a person may see it: what opens or pays something is masked, and there is an end to it. */
export function shownText(text: string | Uint8Array): string {
  const whole = typeof text === 'string' ? text : Buffer.from(text).toString('utf8');
  return whole.slice(0, MOST_SHOWN).replace(SECRET, '$1***');
}
