/** What a wallet keeps of a payment: 0.6 %, the list price on both wires. */
const FEE_PER_THOUSAND = 6;

/** The fee on `amount` fen, in fen, half a fen up. A refund brings back the fee on what is refunded. */
export function feeOn(amountFen: number): number {
  return Math.floor((amountFen * FEE_PER_THOUSAND + 500) / 1_000);
}
