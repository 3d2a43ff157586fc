/** Why a signature did not hold, as the request log says it: a closed list, explained in docs/doctor.md. */
const CAUSES = {
  signature_missing: ['Nothing was signed.', 'Send the signature in the place that the wire gives it.'],
  authorization_malformed: [
    'A signature header is not written as this wire writes it.',
    'WeChat Pay: one scheme, one space, then key="value" pairs joined by commas without blanks; a wallet: docs/wallet-wire.md.',
  ],
  headers_joined: [
    'Two signatures arrived in one header.',
    'Something between the client and here adds or joins headers: send each exactly once.',
  ],
  timestamp_in_milliseconds: ['The timestamp counts milliseconds.', 'Send whole seconds.'],
  clock: [
    'The timestamp is more than five minutes from real time.',
    "Set the machine's clock by NTP, and sign right before sending.",
  ],
  unknown_account: [
    'No account here has this merchant number or app id.',
    'GET /__sandbox/accounts lists those that there are; real ones are unknown to the sandbox.',
  ],
  serial_unknown: [
    "The serial number is not that of the merchant's certificate.",
    'Read it from apiclient_cert.pem, in hexadecimal: `openssl x509 -noout -serial`.',
  ],
  serial_of_another_account: [
    'The serial number is of the certificate of another merchant.',
    'Take merchant number, serial number and private key from one and the same merchant.',
  ],
  platform_serial: [
    "The serial number names the wallet's own key, which verifies its answers.",
    "serial_no in Authorization is that of the merchant's API certificate.",
  ],
  certificate_number_missing: [
    'An app in certificate mode signs for certificates, and names none.',
    'Send app_cert_sn and alipay_root_cert_sn, and sign them too.',
  ],
  certificate_number_wrong: [
    'The certificate number that came is not the one of this app.',
    'app_cert_sn is of 应用公钥证书, alipay_root_cert_sn of the bundle 支付宝根证书: MD5 over issuer and decimal serial.',
  ],
  certificate_in_key_mode: [
    'The app is in key mode and has no certificate to name.',
    'Leave out app_cert_sn and alipay_root_cert_sn, or use an app in certificate mode.',
  ],
  sign_type_not_rsa2: ['sign_type is something else than RSA2.', 'Send sign_type=RSA2 and sign with SHA-256.'],
  signature_not_base64: [
    'The signature is not Base64 in one line.',
    'Encode it as standard Base64 with padding, without line breaks or quotes.',
  ],
  signature_in_base64url: [
    'The signature is in the URL-safe alphabet of Base64.',
    'Use the standard alphabet: `+` and `/`, padded with `=`.',
  ],
  signature_in_hex: ['The signature is written in hexadecimal.', 'Encode its bytes as Base64.'],
  plus_became_space: [
    'Blanks stand where a `+` was: a value went into the form without percent-encoding.',
    'Percent-encode every value, after signing and exactly once.',
  ],
  symmetric_signature: [
    'It is a digest or HMAC with a shared key, not a signature of RSA.',
    'Sign with the private key; the APIv3 key and the keys of older interfaces sign nothing here.',
  ],
  another_key_size: [
    "It was made with a key of another size than the account's.",
    'Sign with the private key of this account.',
  ],
  key_of_another_account: [
    'It was made with the private key of another account.',
    'Take number, serial number and private key from one and the same account.',
  ],
  unknown_key: [
    'It was made with a key that no account here has, or damaged on its way.',
    'Compare the private key with the one that the account lists; keys of production are unknown here.',
  ],
  wrong_secret: ["It was made with something else than the account's secret.", 'Use the secret of this account.'],
  pss_padding: ['It is padded as RSA-PSS.', 'Sign with RSASSA-PKCS1-v1_5 (SHA256withRSA, RSA-SHA256).'],
  another_hash: ['The key is right; the hash is not SHA-256.', 'Sign with SHA256withRSA.'],
  final_newline_missing: ['The string had no line feed at its end.', 'End every line with \\n, the last one too.'],
  line_ends_crlf: ['The lines were ended with \\r\\n.', 'End every line with \\n alone.'],
  method_in_lower_case: ['The method was signed in lower case.', 'Sign it in capitals: GET, POST.'],
  host_in_url: ['Scheme and host were signed with the address.', 'Sign the path and its query only.'],
  query_left_out: ['The query was not signed.', 'Sign path, `?` and query exactly as in the request line.'],
  url_written_otherwise: [
    'The address was signed in another spelling than it was sent in.',
    'Sign the characters of the request line, percent-encoded as they are sent.',
  ],
  lines_in_another_order: [
    'Timestamp and nonce changed places.',
    'Sign method, address, timestamp, nonce, body, in this order.',
  ],
  timestamp_taken_twice: [
    'The signed timestamp is another than the one that was sent.',
    'Read the clock once, and use that value for the string and for the header.',
  ],
  body_left_out: ['The body was not signed.', 'Sign the body that is sent, as its last line.'],
  body_signed_for_get: ['A body was signed and none was sent.', 'Without a body the last line is empty.'],
  body_reserialised: [
    'The body (or biz_content) was written anew after it was signed: same content, other bytes.',
    'Serialise once, and sign and send that same text: blanks, order, escapes and line ends count.',
  ],
  sign_type_left_out: ['sign_type was left out of the string.', 'In a request only `sign` itself is left out.'],
  stray_parameter: [
    'A parameter arrived that was not signed.',
    'Sign every parameter that is sent, wherever it travels, or do not send it.',
  ],
  empty_values_left_in: ['Empty values were signed.', 'Leave parameters without a value out of the string.'],
  values_encoded: [
    'Values were percent-encoded before they were signed.',
    'Sign the raw values, and encode them for the wire afterwards.',
  ],
  values_quoted: ['Values were signed in quotes, as an older interface had it.', 'Sign name=value without quotes.'],
  values_html_escaped: [
    'Values were escaped for HTML on one side of the signature.',
    'Sign and send raw values; escape only what a page shows.',
  ],
  not_sorted: ['Parameters were not in the order of their names.', 'Sort by name, in ASCII order, before joining.'],
  charset_mixed: [
    'The text was signed in another charset than `charset` says.',
    'Turn the string into bytes in the charset that the call names.',
  ],
  another_string: [
    'The key is right, and the string was another one that no known mistake explains.',
    'Compare what the client signed with signed_string, byte by byte.',
  ],
} as const satisfies Readonly<Record<string, readonly [says: string, tryThis: string]>>;

export type SignatureCauseCode = keyof typeof CAUSES;

export const SIGNATURE_CAUSE_CODES = Object.keys(CAUSES) as readonly SignatureCauseCode[];

/** One cause, for people and programs. Never holds a key. */
export interface SignatureCause {
  readonly code: SignatureCauseCode;
  readonly says: string;
  readonly try: string;
}

/** `detail` says which one: a name, a number; nothing secret. */
export function causeOf(code: SignatureCauseCode, detail?: string): SignatureCause {
  const [says, tryThis] = CAUSES[code];
  return { code, says: detail === undefined ? says : `${says} (${detail})`, try: tryThis };
}
