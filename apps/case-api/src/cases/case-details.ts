import { measuresOf } from '#libs/case-domain';
import { type CaseView, listCategoryChanges, loadMentions, loadSurvivor, type Queryable } from '#libs/case-store';
import type { CaseDetails } from './case.resource.js';

/** Looks up what a single case shows beside what lists show. `now`: ISO 8601, what its measures count to. */
export async function loadCaseDetails(client: Queryable, { state }: CaseView, now: string): Promise<CaseDetails> {
  const { accountId, id, mergedIntoId, problemId, parentId } = state;
  const named = [problemId, parentId].flatMap((one) => one ?? []);
  const mentions = named.length === 0 ? [] : await loadMentions(client, accountId, named);
  const mentioned = (one: string | null) => mentions.find((mention) => mention.id === one) ?? null;
  const changes = (await listCategoryChanges(client, accountId, [id])).get(id) ?? [];
  return {
    survivor: mergedIntoId === null ? null : await loadSurvivor(client, accountId, id),
    problem: mentioned(problemId),
    parent: mentioned(parentId),
    measures: measuresOf(state, changes, now),
  };
}
