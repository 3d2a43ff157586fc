/**
 * The bytes of a text in UTF-8, one character each (a ByteString of Web IDL). Node sends such a text and the head before it as one
 * write; a Buffer would be a second one.
 */
export type ByteString = string & { readonly of: 'bytes' };

export function byteString(text: string): ByteString {
  return Buffer.from(text).toString('latin1') as ByteString;
}
