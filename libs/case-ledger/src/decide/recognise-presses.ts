import { type FoldedInteraction, inOrder, type KnownCall, type Press } from '#libs/case-domain';
import type { BesideCall, PressRow, StoredInteraction } from '#libs/case-store';
import type { CallBarEvent, Interaction, Reference } from '#libs/interaction';
import type { CallBarInput, IdleEnding } from '../inputs.js';
import type { CallBarQuestion } from './questions.js';

/** Rows that events of the call bar are about, as they were found once their calls were held. */
export interface PressRows {
  readonly presses: readonly PressRow[];
  /** By the call. */
  readonly beside: ReadonlyMap<string, BesideCall>;
  readonly stored: ReadonlyMap<string, StoredInteraction>;
}

export interface PlacedInput {
  readonly place: number;
  readonly input: CallBarInput;
}

/** What events of the call bar come to before anything is decided, by the places of their inputs. */
export interface RecognisedPresses {
  readonly questions: ReadonlyMap<number, CallBarQuestion>;
  readonly idle: ReadonlyMap<number, IdleEnding>;
}

/** Pure. All that was pressed about one call is one question, asked where the first of it stood. */
export function recognisePresses(given: readonly PlacedInput[], rows: PressRows): RecognisedPresses {
  const questions = new Map<number, CallBarQuestion>();
  const idle = new Map<number, IdleEnding>();
  const known = new Map(rows.presses.map((row) => [row.id, row]));
  const fresh = new Map<string, CallBarEvent>();
  const groups = new Map<string, PlacedInput[]>();
  for (const one of given) {
    const { event, callId } = one.input;
    const ending = event === null ? null : endingOf(event, known.get(event.id), fresh.get(event.id));
    if (ending !== null) {
      idle.set(one.place, ending);
      continue;
    }
    if (event !== null) {
      fresh.set(event.id, event);
    }
    const group = callId ?? event?.id ?? '';
    groups.set(group, [...(groups.get(group) ?? []), one]);
  }
  for (const [first, ...more] of groups.values()) {
    if (first !== undefined) {
      const events = [first, ...more].flatMap(({ input }) => input.event ?? []);
      const question = questionOf(first.input.callId, events, rows);
      more.forEach(({ place }) => idle.set(place, 'folded'));
      if (question.matter.presses.length === 0) {
        idle.set(first.place, 'not_due');
      } else {
        questions.set(first.place, question);
      }
    }
  }
  return { questions, idle };
}

/** Null: it has to be decided. */
function endingOf(
  { contentSha256 }: CallBarEvent,
  row: PressRow | undefined,
  earlier: CallBarEvent | undefined,
): IdleEnding | null {
  if ((row ?? earlier ?? { contentSha256 }).contentSha256 !== contentSha256) {
    return 'event-id-reused';
  }
  const isDecided = row !== undefined && row.state !== 'accepted' && row.state !== 'parked';
  return isDecided || earlier !== undefined ? 'duplicate' : null;
}

function questionOf(
  callId: string | null,
  events: readonly CallBarEvent[],
  { presses, beside, stored }: PressRows,
): CallBarQuestion {
  const own = new Set(events.map(({ id }) => id));
  const row = callId === null ? undefined : stored.get(callId);
  const call = row === undefined ? null : knownCall(row, beside.get(row.id));
  // What was applied before its call was erased does not wait for that again.
  const counts = (state: PressRow['state']): boolean => state === 'parked' || (state === 'applied' && call !== null);
  const earlier = presses.filter(({ id, interactionId, state }) => {
    return callId !== null && interactionId === callId && !own.has(id) && counts(state);
  });
  const matter = { interactionId: callId, call, presses: [...earlier.map(pressOf), ...events.map(freshPress)] };
  return { kind: 'callbar', matter, stored: row ?? null };
}

function pressOf({ event, state, agentId, contactId, caseId, saidIn }: PressRow): Press {
  return { event, isFresh: state === 'parked', agentId, contactId, caseId, saidIn };
}

function freshPress(event: CallBarEvent): Press {
  return { event, isFresh: true, agentId: null, contactId: null, caseId: null, saidIn: [] };
}

/** Of what waits for a person, or was erased, nobody says anything. */
const SILENT: ReadonlySet<string> = new Set(['suspended', 'released', 'rejected', 'erased']);

function knownCall(row: StoredInteraction, beside: BesideCall | undefined): KnownCall | null {
  const { outcome, caseId, payload } = row;
  if (SILENT.has(outcome)) {
    return null;
  }
  const interaction = JSON.parse(payload) as Interaction;
  return {
    interaction,
    outcome,
    caseId,
    companions: beside?.companions ?? [],
    untouchedAt: beside?.untouchedAt ?? null,
  };
}

/** A call as it was told, with the case that an agent has chosen for it before any of it was. */
export function withChosen(
  folded: FoldedInteraction,
  presses: readonly PressRow[],
  isActive: (agent: string) => boolean,
): FoldedInteraction {
  const { interaction } = folded;
  const own = presses.filter(({ interactionId }) => interactionId === interaction.id);
  const reference = own.length === 0 ? null : chosenBeforehand(own, isActive);
  return reference === null
    ? folded
    : { ...folded, interaction: { ...interaction, references: [reference, ...interaction.references] } };
}

/**
 * The case that a call which is about to come was attached to: it is dialled from that, or goes there at once. Null when
 * the last word about its place is another one.
 */
function chosenBeforehand(presses: readonly PressRow[], isActive: (agent: string) => boolean): Reference | null {
  const waiting = presses.filter(({ state, event }) => state === 'parked' && isActive(event.agent)).map(pressOf);
  const placing = inOrder(waiting).filter(({ event }) => event.action.startsWith('case.'));
  const last = placing.filter(({ event }) => event.action !== 'case.create').at(-1)?.event;
  return last?.action === 'case.attach' && last.case
    ? { kind: last.case.by === 'id' ? 'case' : 'case_number', value: last.case.value, via: 'chosen_case' }
    : null;
}
