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

/** What is named of needs that never end. */
const MOST_NAMED = 5;

/** Consequences went on needing more: a defect of theirs, which no repetition mends. */
export class NeedsWithoutEnd extends Error {
  constructor({ needs, accountId }: MoreNeeded, rounds: number) {
    const wanted = (['cases', 'groups', 'contacts'] as const).flatMap((kind) => {
      const ids = [...needs[kind]];
      const more = ids.length > MOST_NAMED ? ` and ${ids.length - MOST_NAMED} more` : '';
      return ids.length === 0 ? [] : [`${kind} ${ids.slice(0, MOST_NAMED).join(', ')}${more}`];
    });
    const what = `a consequence in account ${accountId} needs more than was locked`;
    super(`${what}, even after ${rounds} rounds of locking more: ${wanted.join('; ') || 'nothing that has a name'}`);
    this.name = 'NeedsWithoutEnd';
  }
}

/** Another transaction was first. SQLSTATE 40001 and 40P01: serialisation failure and deadlock. */
export function isLostRace(error: unknown): boolean {
  const state = (error as { code?: unknown } | null)?.code;
  return error instanceof ConcurrentChange || state === '40001' || state === '40P01';
}
