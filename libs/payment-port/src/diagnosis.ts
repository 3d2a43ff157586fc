import type { RawMessage } from './notification.js';

/** Every reason for a signature that does not hold that a provider may name: a closed list, explained in docs/doctor.md. */
export const SIGNATURE_CAUSES = [
  // The account's settings.
  'key_unreadable',
  'key_of_wrong_kind',
  'pem_label_wrong',
  'pem_line_breaks_lost',
  'own_key_as_provider_key',
  'certificate_of_another_key',
  // What stands around the signature.
  'message_unreadable',
  'signature_missing',
  'headers_joined',
  'authorization_malformed',
  'timestamp_in_milliseconds',
  'clock',
  'account_differs',
  'serial_differs',
  'platform_serial',
  'serial_unknown',
  'serial_names_another_key',
  'certificate_number_missing',
  'certificate_number_wrong',
  'certificate_in_key_mode',
  'signature_type',
  'signtest_probe',
  'signature_not_base64',
  'signature_in_base64url',
  'signature_in_hex',
  'symmetric_signature',
  'another_key_size',
  // The key and the hash.
  'signed_with_own_key',
  'unknown_key',
  'pss_padding',
  'another_hash',
  // The string.
  'final_newline_missing',
  'line_ends_crlf',
  'method_in_lower_case',
  'host_in_url',
  'query_left_out',
  'url_written_otherwise',
  'lines_in_another_order',
  'timestamp_taken_twice',
  'body_left_out',
  'body_signed_for_get',
  'body_reserialised',
  'sign_type_left_out',
  'sign_type_left_in',
  'stray_parameter',
  'empty_values_left_in',
  'values_encoded',
  'values_decoded_twice',
  'values_quoted',
  'not_sorted',
  'plus_became_space',
  'charset_mixed',
  'another_string',
  // Behind the signature.
  'api_v3_key_wrong',
] as const;

export type SignatureCause = (typeof SIGNATURE_CAUSES)[number];

/** One cause that fits. Holds no key, no secret and no payer's code. */
export interface Finding {
  readonly cause: SignatureCause;
  readonly says: string;
  readonly try: string;
}

/** A message that did not verify, on either side of the wire. */
export interface FailingMessage extends RawMessage {
  /** `request`: signed by the merchant. `answer` and `notification`: signed by the provider. */
  readonly kind: 'request' | 'answer' | 'notification';
  /** Of the request line; requests have both. */
  readonly method?: string;
  /** Path and query, as on the request line. */
  readonly target?: string;
}

export interface Diagnosis {
  /** Nothing is wrong with the message under these settings, at this time. */
  readonly holds: boolean;
  /** The likeliest first. */
  readonly findings: readonly Finding[];
  /** The string that the signature should be over, payers' codes masked; absent when it could not be told. */
  readonly expected?: string;
}

/** One thing about an account that is right or wrong, for people. */
export interface AccountCheck {
  /** `settings`, `private_key`, `notify_url` … */
  readonly name: string;
  readonly ok: boolean;
  readonly says: string;
  /** What to do, when it is wrong. */
  readonly try?: string;
}

/** What a provider can tell about failing signatures and doubtful settings, without a network. Never throws. */
export interface Diagnostics {
  /** `settings` need not be valid: what is wrong with them is a finding too. */
  diagnose(message: FailingMessage, settings: Readonly<Record<string, unknown>>, now: Date): Diagnosis;
  /** Keys that belong together, certificates that end, an address that the provider could not reach. */
  examine(
    settings: Readonly<Record<string, unknown>>,
    about: { readonly notifyUrl: string; readonly now: Date },
  ): readonly AccountCheck[];
}
