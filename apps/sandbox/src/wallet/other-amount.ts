/** The same message, each amount one fen higher. */
export const otherAmount = (json: string): string =>
  json.replace(/"(amount|amount_refunded)":(\d+)/g, (_, name: string, fen: string) => `"${name}":${Number(fen) + 1}`);
