/** Absolute URLs of the hosted pages, by their tokens. */
export interface PageLinks {
  /** Where a friend reads what they are asked to pay for. */
  friendRequest(token: string): string;
  /** What one code for every wallet holds. */
  scanCode(token: string): string;
}

/** @param publicUrl under which people reach this gateway, without a slash at its end */
export function pageLinks(publicUrl: string): PageLinks {
  return {
    friendRequest: (token) => `${publicUrl}/f/${token}`,
    scanCode: (token) => `${publicUrl}/q/${token}`,
  };
}
