import type { CaseState } from '../case/case-state.js';
import type { Snapshot } from '../decision/snapshot.js';
import { survivorOf } from '../decision/survivor.js';
import { caseCalled } from '../command/names.js';
import type { Press } from '../decision/press.js';

/** Where agents want a call to be. */
export interface Place {
  /** `rules`: nobody chose. `created`: in a case, whichever the rules find or open. */
  readonly chosen: 'rules' | 'created' | 'attached' | 'detached';
  /** The case that it is attached to. */
  readonly caseId: string | null;
  /** Who brought it there. */
  readonly bringer: Press | null;
  /** Who wants the case (A1). */
  readonly taker: Press | null;
}

const BY_RULES: Place = { chosen: 'rules', caseId: null, bringer: null, taker: null };

/** What all events of a call say about its place, in their order. */
export function placeOf(presses: readonly Press[], snapshot: Snapshot): Place {
  return presses.reduce((place, press) => placeAfter(place, press, snapshot), BY_RULES);
}

function placeAfter(place: Place, press: Press, snapshot: Snapshot): Place {
  switch (press.event.action) {
    case 'case.create':
      return place.chosen === 'attached' || place.chosen === 'created'
        ? { ...place, taker: press }
        : { chosen: 'created', caseId: null, bringer: press, taker: press };
    case 'case.attach': {
      const caseId = caseMeant(press, snapshot)?.id ?? null;
      const isThere = place.chosen === 'attached' && place.caseId === caseId;
      return isThere || caseId === null ? place : { chosen: 'attached', caseId, bringer: press, taker: null };
    }
    case 'case.detach': {
      const isElsewhere = place.chosen === 'attached' && place.caseId !== (caseMeant(press, snapshot)?.id ?? null);
      return isElsewhere ? place : { chosen: 'detached', caseId: null, bringer: press, taker: null };
    }
    default:
      return place;
  }
}

/** The case that an event names, merges followed; null when there is none. */
export function caseMeant({ event }: Pick<Press, 'event'>, snapshot: Snapshot): CaseState | null {
  const named = event.case ? caseCalled(event.case, snapshot) : null;
  return named === null ? null : survivorOf(named.id, snapshot);
}

/** Whether the call has to be brought where it was not wanted before. */
export function isMoved(before: Place, after: Place): boolean {
  return before.chosen !== after.chosen || before.caseId !== after.caseId;
}
