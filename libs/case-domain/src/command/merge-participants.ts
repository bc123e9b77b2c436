import type { CaseState } from '../case/case-state.js';
import { MOST_PARTICIPANTS, participantOf, participantText } from '../case/participant.js';
import type { Circumstances } from './circumstances.js';
import type { Source } from './merge-sources.js';

/** The participants of the main case, and after them whoever took part in the sources, their requesters among them. */
export function mergedParticipants(
  main: CaseState,
  sources: readonly Source[],
  { findings }: Circumstances,
): readonly string[] {
  const { requester, supplied } = main;
  const known = new Set([`${requester.kind}:${requester.id}`, `email:${supplied.email}`, `phone:${supplied.phone}`]);
  const all = [...main.participants];
  all.forEach((one) => known.add(personIn(one)));
  for (const { state } of sources) {
    const { kind, id: value } = state.requester;
    for (const one of [participantText({ kind, value, role: 'cc' }), ...state.participants]) {
      if (!known.has(personIn(one))) {
        known.add(personIn(one));
        all.push(one);
      }
    }
  }
  if (all.length > MOST_PARTICIPANTS) {
    const detail = `A case has at most ${MOST_PARTICIPANTS} participants: leave them out.`;
    findings.fault('/add_participants', 'too-many-items', detail);
  }
  return all.length === main.participants.length ? main.participants : all;
}

/** Whoever it is, whatever for. */
function personIn(participant: string): string {
  const { kind, value } = participantOf(participant);
  return `${kind}:${value}`;
}
