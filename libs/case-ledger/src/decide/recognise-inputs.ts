import { contentDigests, type FoldKind, type SuspensionWord } from '#libs/case-domain';
import {
  type BesideCall,
  type FurtherEndpoint,
  type Queryable,
  type RepeatedContent,
  type StoredInteraction,
} from '#libs/case-store';
import type { Interaction } from '#libs/interaction';
import type { ContactInput, DueInput, FactInput, IdleEnding, Input, InteractionDueInput } from '../inputs.js';
import type { Question } from './questions.js';
import { findRows, type Rows } from './find-rows.js';
import { type PlacedInput, recognisePresses, withChosen } from './recognise-presses.js';
import { type AccountClock, endpointName, foldQuestion, keyOf, type Telling, withLinesOfCalls } from './told.js';
import { completionQuestion, firstNamedBy, interactionOf, isBlank, releasedQuestion } from './stored-questions.js';
import type { Repetition } from '../records/decided-records.js';

/** What the inputs of an account come to, before anything is decided. */
export interface Recognised {
  /** By place of the input. */
  readonly questions: ReadonlyMap<number, Question>;
  /** By place: inputs that change no case. */
  readonly idle: ReadonlyMap<number, IdleEnding>;
  /** Further deliveries of interactions whose first delivery is among the inputs. */
  readonly repetitions: readonly Repetition[];
  /** Deliveries that add an endpoint to an earlier row, as far as nobody else adds it first. */
  readonly further: readonly FurtherEndpoint[];
  /** Content that came with further deliveries. */
  readonly repeated: readonly RepeatedContent[];
}

/** Whether an agent, named by email or id, works here. */
type IsActive = (agent: string) => boolean;

/** Finds the rows that the inputs are about, and splits what has to be decided from what was settled before. */
export async function recogniseInputs(
  client: Queryable,
  accountId: string,
  inputs: readonly Input[],
  clock: AccountClock,
  isActive: IsActive = () => false,
): Promise<Recognised> {
  return recognise(inputs, await findRows(client, accountId, inputs), clock, isActive);
}

/**
 * Pure. A delivery of a known interaction through the same address leaves no trace; one through another mailbox adds
 * that mailbox to the row and is told once.
 */
export function recognise(
  inputs: readonly Input[],
  rows: Rows,
  clock: AccountClock,
  isActive: IsActive = () => false,
): Recognised {
  const recognition = new Recognition(rows, clock);
  inputs.forEach((input, place) => recognition.take(place, input));
  recognition.fold(isActive);
  recognition.gather();
  return recognition;
}

/** Collects what the inputs come to while it goes through them. */
class Recognition implements Recognised {
  readonly questions = new Map<number, Question>();
  readonly idle = new Map<number, IdleEnding>();
  readonly repetitions: Repetition[] = [];
  readonly further: FurtherEndpoint[] = [];
  readonly repeated: RepeatedContent[] = [];
  /** Endpoints of interactions whose first delivery is among the inputs. */
  private readonly fresh = new Map<string, string[]>();
  /** By interaction: what is told or due of those that are told piece by piece. */
  private readonly telling = new Map<string, Telling>();
  private readonly factIds = new Set<string>();
  private readonly doubles: { readonly place: number; readonly stored: StoredInteraction }[] = [];
  /** Interactions that a verdict among the inputs is about: whoever comes first decides. */
  private readonly spokenOf = new Set<string>();

  private readonly pressed: PlacedInput[] = [];

  constructor(
    private readonly rows: Rows,
    private readonly clock: AccountClock,
  ) {}

  take(place: number, input: Input): void {
    switch (input.kind) {
      case 'interaction':
        return this.takeDelivery(place, input.interaction, input.payload);
      case 'fact':
        return this.takeFact(place, input);
      case 'verdict':
        return this.takeWord(place, input.interactionId, input.word);
      case 'command':
      case 'contact_command':
        return void this.questions.set(place, input);
      case 'callbar':
        return void this.pressed.push({ place, input });
      case 'contact':
        return this.takeContactFact(place, input);
      case 'due':
        return this.takeDue(place, input);
    }
  }

  private takeDelivery(place: number, interaction: Interaction, payload: Buffer): void {
    const { id } = interaction;
    const endpoint = endpointName(interaction);
    const settled = this.rows.known.get(id);
    const earlier = this.fresh.get(id);
    if (settled === undefined && earlier === undefined) {
      const endpoints = endpoint === null ? [] : [endpoint];
      this.fresh.set(id, endpoints);
      const question = { kind: 'interaction', interaction, payload, endpoints, stored: null, released: null } as const;
      this.questions.set(place, question);
      return;
    }
    this.idle.set(place, 'duplicate');
    this.repeated.push(...contentDigests(interaction).map((sha256) => ({ interactionId: id, sha256 })));
    if (endpoint === null) {
      return;
    }
    if (earlier === undefined) {
      if (!settled?.has(endpoint)) {
        this.further.push({ interactionId: id, endpoint });
      }
    } else if (!earlier.includes(endpoint)) {
      earlier.push(endpoint);
      this.repetitions.push({ interactionId: id, caseId: null, endpoint });
    }
  }

  private takeDue(place: number, input: DueInput): void {
    switch (input.due) {
      case 'released':
        return this.takeReleased(place, input.interactionId);
      case 'interaction':
        return this.takeTime(place, input);
      default:
        return void this.questions.set(place, { kind: 'due', due: input });
    }
  }

  private takeContactFact(place: number, input: ContactInput): void {
    const { id } = input.fact;
    const isKnown = this.rows.contactFacts?.has(id) === true || this.factIds.has(id);
    this.factIds.add(id);
    void (isKnown ? this.idle.set(place, 'duplicate') : this.questions.set(place, input));
  }

  private takeFact(place: number, input: FactInput): void {
    const { interactionId } = input.fact;
    const id = keyOf(input);
    if (this.rows.facts.has(id) || this.factIds.has(id)) {
      this.idle.set(place, 'duplicate');
    } else if (isBlank(this.rows.stored.get(interactionId))) {
      this.idle.set(place, 'erased');
      // A sound that was fetched meanwhile goes again.
      const { interaction } = input.fold.fold(null, [input.fact.data]);
      this.repeated.push(...contentDigests(interaction).map((sha256) => ({ interactionId, sha256 })));
    } else {
      this.factIds.add(id);
      const { facts, places } = this.toldOf(interactionId, input.fold);
      facts.set(id, input);
      places.push(place);
    }
  }

  /** Whoever was there first has perhaps been told more, and then it is due later or never. */
  private takeTime(place: number, { fold, interactionId }: InteractionDueInput): void {
    const stored = this.rows.stored.get(interactionId);
    const dueAt = stored?.dueAt?.toISOString() ?? null;
    if (stored === undefined || isBlank(stored) || dueAt === null || dueAt > this.clock.now) {
      this.idle.set(place, 'not_due');
    } else if (stored.outcome === 'duplicate') {
      this.doubles.push({ place, stored });
    } else {
      this.toldOf(interactionId, fold).places.push(place);
    }
  }

  /** A row is written once: a message gets of one double at a time what it lacks, and the next one is due still. */
  private complete(): void {
    const taken = new Set<string>(this.telling.keys());
    for (const { place, stored: double } of this.doubles) {
      const first = this.rows.stored.get(firstNamedBy(double) ?? '');
      if (taken.has(double.id) || (first !== undefined && taken.has(first.id))) {
        this.idle.set(place, 'not_due');
      } else {
        const question = completionQuestion(first, double);
        taken.add(question.first.id).add(double.id);
        this.questions.set(place, question);
      }
    }
  }

  private toldOf(interactionId: string, fold: FoldKind): Telling {
    const telling = this.telling.get(interactionId) ?? { fold, facts: new Map(), places: [] };
    this.telling.set(interactionId, telling);
    return telling;
  }

  /** All that is told of one interaction is one question, asked where the first of it stood. */
  fold(isActive: IsActive): void {
    const { presses = [], stored, facts } = this.rows;
    const told = [...this.telling].map(([interactionId, telling]) => {
      const question = foldQuestion(telling, stored.get(interactionId) ?? null, facts, this.clock);
      return { ...question, folded: withChosen(question.folded, presses, isActive) };
    });
    const questions = withLinesOfCalls(told, stored);
    [...this.telling.values()].forEach(({ places }, index) => {
      this.questions.set(places[0]!, questions[index]!);
      places.slice(1).forEach((place) => this.idle.set(place, 'folded'));
    });
    this.complete();
  }

  /** After facts: what agents pressed takes effect on what was told. */
  gather(): void {
    const { presses = [], beside = new Map<string, BesideCall>(), stored } = this.rows;
    const { questions, idle } = recognisePresses(this.pressed, { presses, beside, stored });
    questions.forEach((question, place) => this.questions.set(place, question));
    idle.forEach((ending, place) => this.idle.set(place, ending));
  }

  private takeWord(place: number, interactionId: string, word: SuspensionWord): void {
    const stored = this.rows.stored.get(interactionId);
    const isDecided = isBlank(stored) || this.spokenOf.has(interactionId);
    if (stored?.suspension?.state !== 'waiting' || isDecided) {
      this.idle.set(place, 'not_waiting');
      return;
    }
    this.spokenOf.add(interactionId);
    this.questions.set(
      place,
      word.change === 'rejected'
        ? { kind: 'rejection', interaction: interactionOf(stored), stored, word }
        : releasedQuestion(stored, word),
    );
  }

  private takeReleased(place: number, interactionId: string): void {
    const stored = this.rows.stored.get(interactionId);
    if (stored?.outcome !== 'released') {
      return void this.idle.set(place, 'not_due');
    }
    this.questions.set(place, releasedQuestion(stored, null));
  }
}
