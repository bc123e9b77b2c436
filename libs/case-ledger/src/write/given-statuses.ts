import type { CaseState } from '#libs/case-domain';
import type { WritePlan } from './plan-writes.js';

/** The statuses that a plan gives to cases that did not have them: those have to be active when it is committed (I-16). */
export function givenStatuses(
  { inserted, updated }: Pick<WritePlan, 'inserted' | 'updated'>,
  loaded: ReadonlyMap<string, CaseState>,
): string[] {
  const given = [...inserted, ...updated.filter(({ id, statusId }) => loaded.get(id)?.statusId !== statusId)];
  return [...new Set(given.map(({ statusId }) => statusId))];
}
