import type { Finding, SignatureCause } from '@hutong/payment-port';

/** What each cause means and what to try, the same on every wire. */
const WORDS = {
  key_unreadable: [
    'A key or certificate among the settings can not be read.',
    'Paste the whole file, from BEGIN to END.',
  ],
  key_of_wrong_kind: [
    'A key of one kind stands where another kind belongs.',
    'Private key, public key and certificate are three files: look at what the BEGIN line says.',
  ],
  pem_label_wrong: [
    'The BEGIN line names another format than the key is in (PKCS#1 is `RSA PRIVATE KEY`, PKCS#8 is `PRIVATE KEY`).',
    'Convert with `openssl pkey -in key.pem`, or correct the BEGIN and END lines.',
  ],
  pem_line_breaks_lost: [
    'The line breaks of a PEM text were lost, as happens in environment variables.',
    'Put real line breaks back, or give the bare Base64 between BEGIN and END.',
  ],
  own_key_as_provider_key: [
    "The merchant's own key or certificate stands where the provider's belongs.",
    "Take the provider's: WeChat Pay's platform certificate or public key, Alipay's 支付宝公钥; the own one verifies nothing of theirs.",
  ],
  certificate_of_another_key: [
    "The merchant's certificate and private key are of two different key pairs.",
    'Take both from the same download, or ask for a new certificate with the public half of this key.',
  ],
  message_unreadable: [
    'This is no message of this wire.',
    'Give it as it travelled: request or status line, headers, an empty line, the body.',
  ],
  signature_missing: ['There is no signature.', 'Look for what strips headers or parameters on the way.'],
  headers_joined: [
    'A signature header came more than once, or several were joined into one.',
    'Find the proxy that adds or joins headers, and let each pass exactly once.',
  ],
  authorization_malformed: [
    'The Authorization header is not written as the wire wants it.',
    'One scheme, one space, then key="value" pairs joined by commas without blanks.',
  ],
  timestamp_in_milliseconds: ['The timestamp counts milliseconds.', 'Use whole seconds.'],
  clock: [
    'The timestamp is more than five minutes from the time of this examination.',
    'Set the clock by NTP. If the message is an old one that was fresh when it failed, say when with --at.',
  ],
  account_differs: [
    'The message names another merchant or app than this account.',
    'Examine it with the account it belongs to; check which app id and merchant number the code sends.',
  ],
  serial_differs: [
    "The request names another certificate than this account's serial_no.",
    "serial_no is that of the merchant's API certificate: `openssl x509 -in apiclient_cert.pem -noout -serial`.",
  ],
  platform_serial: [
    "The request names the provider's own key as the one it was signed with.",
    "serial_no in Authorization is that of the merchant's API certificate.",
  ],
  serial_unknown: [
    'The message was signed with a key of the provider that this account does not hold.',
    'Fetch the newest platform certificates, or add the public key that the console shows: the provider has replaced its key.',
  ],
  serial_names_another_key: [
    'The signature holds under another key than the one the message names.',
    'Check that each serial number in the settings stands beside its own certificate.',
  ],
  certificate_number_missing: [
    'The account is in certificate mode, and the message names no certificate.',
    'Send app_cert_sn and alipay_root_cert_sn, and sign them too.',
  ],
  certificate_number_wrong: [
    "A certificate number is not that of this account's certificate.",
    'It is the MD5 over issuer and decimal serial number; after a renewal the new certificates belong into the settings.',
  ],
  certificate_in_key_mode: [
    'The account is in key mode, and the message names a certificate.',
    'Use one mode: leave the certificate numbers out, or configure app_cert, alipay_cert and root_cert.',
  ],
  signature_type: [
    'It names another kind of signature than SHA-256 with RSA.',
    'Use RSA2 at Alipay and WECHATPAY2-SHA256-RSA2048 at WeChat Pay; the others are not accepted.',
  ],
  signtest_probe: [
    'It is a probe: WeChat Pay signs wrongly on purpose to see that signatures are verified.',
    'Nothing is wrong. Refuse it (4xx for a notification); the genuine message follows.',
  ],
  signature_not_base64: ['The signature is not Base64 in one line.', 'Encode it as standard Base64 with padding.'],
  signature_in_base64url: [
    'The signature is in the URL-safe alphabet of Base64.',
    'Use the standard alphabet: `+` and `/`, padded with `=`.',
  ],
  signature_in_hex: ['The signature is written in hexadecimal.', 'Encode its bytes as Base64.'],
  symmetric_signature: [
    'It is a digest or HMAC with a shared key, not a signature of RSA.',
    'Sign with the private key; the APIv3 key and keys of older interfaces sign nothing here.',
  ],
  another_key_size: [
    "It was made with a key of another size than this account's.",
    'A key of another account, or of another environment, signed it.',
  ],
  signed_with_own_key: [
    "The merchant's own key signed it, so it is not the provider's.",
    'A test or a forgery: only the provider signs answers and notifications.',
  ],
  unknown_key: [
    'No key of this account signed it, or it was damaged on its way.',
    'Sandbox and production have different keys, and every merchant has its own: compare them with the console.',
  ],
  pss_padding: ['It is padded as RSA-PSS.', 'Use RSASSA-PKCS1-v1_5 (SHA256withRSA, RSA-SHA256).'],
  another_hash: ['The key is right; the hash is not SHA-256.', 'Use SHA256withRSA.'],
  final_newline_missing: [
    'The signed string had no line feed at its end.',
    'End every line with \\n, the last one too.',
  ],
  line_ends_crlf: ['Lines were ended with \\r\\n on one side.', 'End every line with \\n alone.'],
  method_in_lower_case: ['The method was signed in lower case.', 'Sign it in capitals: GET, POST.'],
  host_in_url: ['Scheme and host were signed with the address.', 'Sign the path and its query only.'],
  query_left_out: ['The query was not signed.', 'Sign path, `?` and query exactly as in the request line.'],
  url_written_otherwise: [
    'The address was signed in another spelling than it was sent in.',
    'Sign the characters of the request line; look for a proxy that rewrites paths.',
  ],
  lines_in_another_order: [
    'Timestamp and nonce changed places.',
    'Sign method, address, timestamp, nonce, body, in this order.',
  ],
  timestamp_taken_twice: [
    'The signed timestamp is another than the one that was sent.',
    'Read the clock once, and use that value for the string and for the header.',
  ],
  body_left_out: ['The body was not signed.', 'Sign and verify over the bytes of the body.'],
  body_signed_for_get: ['A body was signed and none was sent.', 'Without a body the last line is empty.'],
  body_reserialised: [
    'The content is the signed one, its bytes are not: it was parsed and written anew.',
    'Sign, send and verify one and the same text: read the raw body before a framework parses it.',
  ],
  sign_type_left_out: ['sign_type was left out of the string.', 'In a request only `sign` itself is left out.'],
  sign_type_left_in: ['sign_type was signed.', 'In notifications both `sign` and `sign_type` are left out.'],
  stray_parameter: [
    'A parameter is there that was not signed.',
    'Sign every parameter that is sent; in a notification, find what adds one to the address or the form.',
  ],
  empty_values_left_in: ['Empty values were signed.', 'Leave parameters without a value out of the string.'],
  values_encoded: [
    'Values were percent-encoded in the signed string.',
    'Sign and verify raw values: encode after signing, decode once before verifying.',
  ],
  values_decoded_twice: ['Values were decoded once too often.', 'Decode the form exactly once before verifying.'],
  values_quoted: ['Values were signed in quotes, as an older interface had it.', 'Sign name=value without quotes.'],
  not_sorted: ['Parameters were not in the order of their names.', 'Sort by name, in ASCII order, before joining.'],
  plus_became_space: [
    'Blanks stand where a `+` was.',
    'Percent-encode every value when sending; keep `+` apart from blanks when reading.',
  ],
  charset_mixed: [
    'The text is in another charset than it was signed in.',
    'Turn text into bytes in the charset that the message names, and never through another one.',
  ],
  another_string: [
    'The key is right, and the string was another one that no known mistake explains.',
    'Compare the expected string with what the other side signed, byte by byte: something was changed on the way.',
  ],
  api_v3_key_wrong: [
    'The signature holds, and the APIv3 key does not open the content.',
    'Set the APIv3 key of this merchant: 32 characters, as the console has it now; it is not the APIv2 key.',
  ],
} as const satisfies Readonly<Record<SignatureCause, readonly [says: string, tryThis: string]>>;

/** `detail` says which one: a name, a number; never a key. */
export function finding(cause: SignatureCause, detail?: string): Finding {
  const [says, tryThis] = WORDS[cause];
  return { cause, says: detail === undefined ? says : `${says} (${detail})`, try: tryThis };
}
