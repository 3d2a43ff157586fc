import type { DayOfProvider, ReconciliationReport } from '@hutong/payment-core';

/** Days held against statements. */
export interface ReconciliationsConfiguration {
  /** A day with a page of its differences; undefined while nobody has reconciled it. */
  showDay(day: DayOfProvider, after?: string): Promise<ReconciliationReport | undefined>;
  /** Has it reconciled now. Through a gateway that takes its time; on the store itself it is done on return. */
  reconcileDay(day: DayOfProvider): Promise<void>;
}
