import type { CaseFields } from '../case/change.js';
import type { NewContact, Turn } from '../decision/effects.js';
import type { AssignmentEvidence } from '../decision/evidence.js';
import type { Circumstances } from './circumstances.js';
import { ASSIGNEE_GONE } from '../people/release.js';
import { type Asked, checkPlace, placeAfter } from './place.js';
import { checkRequiredFields, customFieldsAfter } from './custom-fields.js';
import { categoryAfter, checkResolved, resolutionAfter, statusAfter } from './status.js';
import { plainFields, typeAfter } from './type.js';

/** What a wish makes of a case; what is wrong with it is among the findings. */
export interface Amendment {
  /** Every field that a wish can be about, also those that stay as they were. */
  readonly fields: CaseFields;
  readonly assignment: AssignmentEvidence | null;
  readonly turn: Turn | null;
  readonly contact: NewContact | null;
}

/** The one way in which cases are changed by hand, whatever command says it: place, status, type, and the rest. */
export function amend(asked: Asked, circumstances: Circumstances): Amendment {
  const { before, wish } = asked;
  const place = placeAfter(asked, circumstances);
  const { assignment, turn, groupId, assigneeId, autoAssign } = place;
  const category = categoryAfter(asked, assigneeId, circumstances);
  checkPlace(asked, place, category, circumstances);
  checkResolved(asked, { category, assigneeId }, circumstances);
  const customFields = customFieldsAfter(asked, circumstances);
  if (category === 'resolved' && asked.from !== 'resolved') {
    checkRequiredFields(customFields, circumstances);
  }
  const { requester, match, contact } = wish.requester ?? {
    requester: before.requester,
    match: before.requesterMatch,
    contact: null,
  };
  const fields: CaseFields = {
    ...plainFields(before, wish),
    tags: tagsAfter(asked, assigneeId),
    customFields,
    category,
    statusId: statusAfter(asked, category, circumstances),
    ...resolutionAfter(asked, category, circumstances),
    ...typeAfter(asked, assigneeId, circumstances),
    groupId,
    assigneeId,
    autoAssign,
    requester,
    requesterMatch: match,
  };
  return { fields, assignment, turn, contact };
}

/** A task that somebody else has by now is not flagged any more. */
function tagsAfter({ before, wish }: Asked, assigneeId: string | null): readonly string[] {
  const tags = wish.tags ?? before.tags;
  const isTakenOver = assigneeId !== before.assigneeId && tags.includes(ASSIGNEE_GONE);
  return isTakenOver ? tags.filter((tag) => tag !== ASSIGNEE_GONE) : tags;
}
