import { caseStateData } from '#libs/case-domain';
import type { CaseMention, CaseView } from '#libs/case-store';
import type { CaseDetailResource, CaseMentionResource, CaseResource } from '../cases/case.resource.js';

/** A case as the API shows it: what the topic `case.state.v1` shows, with the names of groups and people beside. */
export function caseResourceOf({ state, names }: CaseView): CaseResource {
  const { assigneeId } = state;
  return {
    ...(caseStateData(state) as unknown as CaseResource),
    number: Number(state.number),
    status_label: names.status,
    group: { id: state.groupId, name: names.group },
    assignee: assigneeId === null ? null : { id: assigneeId, name: names.assignee },
    requester: { ...state.requester, name: names.requester },
  };
}

export function caseDetailOf(view: CaseView, survivor: CaseMention | null): CaseDetailResource {
  return { ...caseResourceOf(view), merged_into: survivor === null ? null : caseMentionOf(survivor) };
}

export function caseMentionOf(mention: CaseMention): CaseMentionResource {
  return { id: mention.id, number: Number(mention.number) };
}
