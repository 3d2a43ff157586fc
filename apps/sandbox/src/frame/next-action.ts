/** What a merchant's client was told to do, as the gateway's API spells it. */
export type NextAction =
  | { readonly type: 'invoke_sdk'; readonly sdk: string; readonly params: Readonly<Record<string, string>> }
  | { readonly type: 'redirect'; readonly url: string; readonly form?: Readonly<Record<string, string>> }
  | { readonly type: 'show_qr_code'; readonly content: string };
