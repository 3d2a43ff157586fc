/**
 * The text fields of a multipart/form-data body as byte strings. The API pages' cURL samples send one (`-F`); file parts
 * are left out, as they are left out of the signature. A parser of our own because values must stay undecoded bytes.
 */
export function parseMultipart(body: Buffer, contentType: string): [string, string][] {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const mark = boundary?.[1] ?? boundary?.[2];
  if (mark === undefined) return [];
  const parts = `\r\n${body.toString('latin1')}`.split(`\r\n--${mark}`).slice(1, -1);
  return parts.flatMap((part) => textField(part));
}

function textField(part: string): [string, string][] {
  const cut = part.indexOf('\r\n\r\n');
  const head = part.slice(0, cut);
  const name = /content-disposition:[^\r\n]*[;\s]name="([^"]*)"/i.exec(head)?.[1];
  if (cut < 0 || name === undefined || /[;\s]filename\*?=/i.test(head)) return [];
  return [[name, part.slice(cut + 4)]];
}
