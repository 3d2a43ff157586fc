import type { InboxEntry, InboxStore } from '@hutong/payment-core';
import type { PrismaClient } from './generated/client.js';
import { isUniqueViolation } from './unique-violation.js';

export class InboxStoreOnPrisma implements InboxStore {
  constructor(private readonly client: PrismaClient) {}

  async receive(entry: InboxEntry): Promise<{ readonly id: string; readonly outcome?: string }> {
    try {
      await this.client.notification.create({
        data: { ...entry, body: Uint8Array.from(entry.body) },
        select: { id: true },
      });
      return { id: entry.id };
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return this.known(entry);
    }
  }

  private async known({
    provider,
    accountId,
    messageId,
  }: InboxEntry): Promise<{ readonly id: string; readonly outcome?: string }> {
    const { id, outcome } = await this.client.notification.findUniqueOrThrow({
      where: { provider_accountId_messageId: { provider, accountId, messageId } },
      select: { id: true, outcome: true },
    });
    return outcome === null ? { id } : { id, outcome };
  }

  /** The first outcome stays. */
  async markApplied(id: string, outcome: string): Promise<void> {
    await this.client.notification.updateMany({
      where: { id, outcome: null },
      data: { outcome, appliedAt: new Date() },
    });
  }
}
