import type { Needs } from '#libs/case-domain';
import { ConcurrentChange } from '#libs/case-store';

/** Something has to be locked that was not: the transaction starts over, so that the order of locks holds. */
export class MoreNeeded extends Error {
  constructor(
    readonly accountId: string,
    readonly needs: Needs,
  ) {
    super('more has to be locked before it can be decided');
    this.name = 'MoreNeeded';
  }
}

/** Another transaction was first. SQLSTATE 40001 and 40P01: serialisation failure and deadlock. */
export function isLostRace(error: unknown): boolean {
  const state = (error as { code?: unknown } | null)?.code;
  return error instanceof ConcurrentChange || state === '40001' || state === '40P01';
}
