import { Prisma } from './generated/client.js';

/** The row, or one that must not stand beside it, is there already. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}
