import { contentDigests, type SuspensionWord } from '#libs/case-domain';
import {
  type BesideCall,
  type FurtherEndpoint,
  type Queryable,
  type RepeatedContent,
  type StoredInteraction,
} from '#libs/case-store';
import type { Interaction } from '#libs/interaction';
import type { FactInput, IdleEnding, Input } from '../inputs.js';
import type { InteractionQuestion, Question } from './questions.js';
import { findRows, keyOf, type Rows } from './find-rows.js';
import { type PlacedInput, recognisePresses, withChosen } from './recognise-presses.js';
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

/** Finds the rows that the inputs are about, and splits what has to be decided from what was settled before. */
export async function recogniseInputs(
  client: Queryable,
  accountId: string,
  inputs: readonly Input[],
  isActive: (agent: string) => boolean = () => false,
): Promise<Recognised> {
  return recognise(inputs, await findRows(client, accountId, inputs), isActive);
}

/** How an endpoint is named in `interaction.endpoints`. */
export function endpointName({ endpoint }: Interaction): string | null {
  return endpoint ? `${endpoint.kind}:${endpoint.address}` : null;
}

/**
 * Pure. A delivery of a known interaction through the same address leaves no trace; one through another mailbox adds
 * that mailbox to the row and is told once.
 */
export function recognise(
  inputs: readonly Input[],
  rows: Rows,
  isActive: (agent: string) => boolean = () => false,
): Recognised {
  const recognition = new Recognition(rows);
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
  /** Facts that are new, by interaction and fact. */
  private readonly facts = new Map<string, Map<string, FactInput & { readonly place: number }>>();
  private readonly factIds = new Set<string>();
  /** Interactions that a verdict among the inputs is about: whoever comes first decides. */
  private readonly spokenOf = new Set<string>();

  private readonly pressed: PlacedInput[] = [];

  constructor(private readonly rows: Rows) {}

  take(place: number, input: Input): void {
    switch (input.kind) {
      case 'interaction':
        return this.takeDelivery(place, input.interaction, input.payload);
      case 'fact':
        return this.takeFact(place, input);
      case 'verdict':
        return this.takeWord(place, input.interactionId, input.word);
      case 'command':
        return void this.questions.set(place, input);
      case 'callbar':
        return void this.pressed.push({ place, input });
      case 'due':
        return input.due === 'released'
          ? this.takeReleased(place, input.interactionId)
          : void this.questions.set(place, { kind: 'due', due: input });
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

  private takeFact(place: number, input: FactInput): void {
    const { interactionId } = input.fact;
    const id = keyOf(input);
    const own = this.facts.get(interactionId) ?? new Map<string, FactInput & { readonly place: number }>();
    if (this.rows.facts.has(id) || this.factIds.has(id)) {
      this.idle.set(place, 'duplicate');
    } else if (isBlank(this.rows.stored.get(interactionId))) {
      this.idle.set(place, 'erased');
      // A sound that was fetched meanwhile goes again.
      const { interaction } = input.fold.fold(null, [input.fact.data]);
      this.repeated.push(...contentDigests(interaction).map((sha256) => ({ interactionId, sha256 })));
    } else {
      this.factIds.add(id);
      this.facts.set(interactionId, own.set(id, { ...input, place }));
    }
  }

  /** Several facts about one interaction are one question, asked where the first of them stood. */
  fold(isActive: (agent: string) => boolean): void {
    for (const [interactionId, facts] of this.facts) {
      const stored = this.rows.stored.get(interactionId) ?? null;
      const [first, ...more] = facts.values();
      if (first !== undefined) {
        const told = [first, ...more];
        const before = stored === null ? null : interactionOf(stored);
        const data = told.map(({ fact }) => fact.data);
        const folded = withChosen(first.fold.fold(before, data), this.rows.presses ?? [], isActive);
        const again = told.some(({ replayId }) => replayId !== undefined);
        const factIds = [...new Set([...facts.keys(), ...this.freshIn(told)])];
        this.questions.set(first.place, {
          ...{ kind: 'fold', stored, before, factIds },
          folded: again ? { ...folded, again } : folded,
        });
        more.forEach(({ place }) => this.idle.set(place, 'folded'));
      }
    }
  }

  /** Ids of facts that are folded in for the first time, such that a person has told again among them. */
  private freshIn(told: readonly FactInput[]): string[] {
    return told.map(({ fact }) => fact.id).filter((id) => !this.rows.facts.has(id));
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
    if (stored?.outcome === 'released') {
      this.questions.set(place, releasedQuestion(stored, null));
    } else {
      this.idle.set(place, 'not_due');
    }
  }
}

/** Nothing is merged any more into what was erased or redacted: it would bring back what it said. */
function isBlank(stored: StoredInteraction | undefined): boolean {
  return stored?.outcome === 'erased' || stored?.isRedacted === true;
}

function releasedQuestion(stored: StoredInteraction, word: SuspensionWord | null): InteractionQuestion {
  const { payload } = stored;
  return {
    kind: 'interaction',
    interaction: interactionOf(stored),
    payload,
    endpoints: null,
    stored,
    released: { word },
  };
}

/** A row holds only what was checked before it was written. */
function interactionOf({ payload }: StoredInteraction): Interaction {
  return JSON.parse(payload) as Interaction;
}
