import type { CaseState, CasePassage } from '#libs/case-domain';
import type { Membership } from '#libs/case-store';
import type { WritePlan } from './plan-writes.js';

type WrittenCases = Pick<WritePlan, 'inserted' | 'updated'>;

/**
 * Who was given a case by a plan, and in which group: active members when it is committed (I-2). A task stays with an agent
 * who cannot go on with it.
 */
export function assignedAnew(
  { inserted, updated }: WrittenCases,
  loaded: ReadonlyMap<string, CaseState>,
): readonly Membership[] {
  const given = [...inserted, ...updated].flatMap((state): (Membership & { readonly key: string })[] => {
    const { assigneeId, groupId, category, type } = state;
    const before = loaded.get(state.id);
    const stays = before?.assigneeId === assigneeId && (before?.groupId === groupId || type === 'task');
    return assigneeId === null || category === 'resolved' || stays
      ? []
      : [{ agentId: assigneeId, groupId, key: `${assigneeId}\n${groupId}` }];
  });
  return [...new Map(given.map(({ key, ...membership }) => [key, membership])).values()];
}

/** Every case that a plan changes, before and after. */
export function passagesOf(
  { inserted, updated, purged }: WrittenCases & Pick<WritePlan, 'purged'>,
  loaded: ReadonlyMap<string, CaseState>,
): readonly CasePassage[] {
  return [
    ...[...inserted, ...updated].map((state): CasePassage => [loaded.get(state.id) ?? null, state]),
    ...purged.map(({ state }): CasePassage => [loaded.get(state.id) ?? null, null]),
  ];
}
