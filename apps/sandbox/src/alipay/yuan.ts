const YUAN = /^(0|[1-9]\d{0,9})(?:\.(\d{1,2}))?$/;

/** "88.8" → 8880 fen, exactly; undefined for anything that is not plain yuan with at most two decimals. */
export function parseYuan(text: string): number | undefined {
  const match = YUAN.exec(text);
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : undefined;
}

/** 8880 fen → "88.80", the form of every amount the gateway sends. */
export function formatYuan(fen: number): string {
  const digits = String(fen).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
