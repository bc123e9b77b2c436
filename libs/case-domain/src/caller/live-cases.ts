import type { Interaction } from '#libs/interaction';
import { type CaseState, type PersonReference, isLive } from '../case/case-state.js';
import type { Snapshot } from '../decision/snapshot.js';
import { endpointOf } from '../people/endpoint.js';
import { wasHeardNear } from '../people/live-holder.js';

/**
 * Rules 3 and 3b: the live cases of a person in the group of the line that they called, of which something was heard so
 * lately; latest first.
 */
export function liveCasesOf(person: PersonReference, interaction: Interaction, snapshot: Snapshot): CaseState[] {
  const groupId = endpointOf(interaction, snapshot)?.groupId;
  const cases: CaseState[] = [];
  for (const state of snapshot.cases.values()) {
    if (
      state.requester.id === person.id &&
      state.requester.kind === person.kind &&
      state.groupId === groupId &&
      isLive(state) &&
      wasHeardNear(state, interaction, snapshot)
    ) {
      cases.push(state);
    }
  }
  const heard = ({ id }: CaseState): string => snapshot.heard.get(id) ?? '';
  return cases.sort((one, other) =>
    heard(other) < heard(one) ? -1 : heard(one) < heard(other) ? 1 : one.id < other.id ? -1 : 1,
  );
}
