/** A text that is safe to show: enough to recognise it, too little to use it. */
export function mask(text: string): string {
  return text.length <= 8 ? '****' : `${text.slice(0, 2)}****${text.slice(-2)}`;
}
