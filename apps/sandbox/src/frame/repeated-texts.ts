const MOST = 1_000;

/** One copy of texts that orders repeat (a notify_url, a description): each would bring its own. */
export class RepeatedTexts {
  private readonly texts = new Map<string, string>();

  /** The same text; the copy that was seen first, when it was seen lately. */
  one(text: string): string {
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    if (this.texts.size >= MOST) this.texts.clear();
    this.texts.set(text, text);
    return text;
  }
}
