import { callToldOf, type FoldClock, type FoldKind, withLineOfCall } from '#libs/case-domain';
import type { StoredInteraction } from '#libs/case-store';
import { derivedEventId, type Interaction } from '#libs/interaction';
import type { FactInput } from '../inputs.js';
import type { FoldQuestion } from './questions.js';
import { interactionOf, isBlank } from './stored-questions.js';

/** What time it is for all inputs of an account. */
export type AccountClock = Omit<FoldClock, 'dueAt'>;

/** What is told of one interaction; nothing where time alone has brought it. */
export interface Telling {
  readonly fold: FoldKind;
  /** By `keyOf`. */
  readonly facts: Map<string, FactInput>;
  /** Of the inputs. */
  readonly places: number[];
}

/** By which a repetition is known: of what a person has told again, that of the request that did so. */
export function keyOf({ fact, replayId }: FactInput): string {
  return replayId === undefined ? fact.id : derivedEventId('replay', replayId, fact.id);
}

/** All that is told of one interaction at once. `known`: facts that were folded in before. */
export function foldQuestion(
  { fold, facts }: Telling,
  stored: StoredInteraction | null,
  known: ReadonlySet<string>,
  clock: AccountClock,
): FoldQuestion {
  const told = [...facts.values()];
  const before = stored === null ? null : interactionOf(stored);
  const dueAt = stored?.dueAt?.toISOString() ?? null;
  const data = told.map(({ fact }) => fact.data);
  const folded = fold.fold(before, data, { ...clock, dueAt });
  const again = told.some(({ replayId }) => replayId !== undefined);
  // Such that a person has told again may be folded in for the first time.
  const fresh = told.map(({ fact }) => fact.id).filter((id) => !known.has(id));
  const factIds = [...new Set([...facts.keys(), ...fresh])];
  return { kind: 'fold', stored, before, factIds, folded: again ? { ...folded, again } : folded };
}

/** Messages with the lines and callers of their calls, where only those were told; a call may be told of beside its message. */
export function withLinesOfCalls(
  questions: readonly FoldQuestion[],
  stored: ReadonlyMap<string, StoredInteraction>,
): readonly FoldQuestion[] {
  const told = new Map(questions.map(({ folded }) => [folded.interaction.id, folded.interaction]));
  return questions.map((question) => {
    const { folded } = question;
    const id = callToldOf(folded.interaction);
    const row = id === null ? undefined : stored.get(id);
    const known = row === undefined || isBlank(row) ? undefined : interactionOf(row);
    const call = id === null ? undefined : (told.get(id) ?? known);
    return call === undefined
      ? question
      : { ...question, folded: { ...folded, interaction: withLineOfCall(folded.interaction, call) } };
  });
}

/** How an endpoint is named in `interaction.endpoints`. */
export function endpointName({ endpoint }: Interaction): string | null {
  return endpoint ? `${endpoint.kind}:${endpoint.address}` : null;
}
