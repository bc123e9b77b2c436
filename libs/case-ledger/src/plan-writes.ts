import {
  type CaseChange,
  type CaseState,
  type Changed,
  type Effects,
  type InteractionDecision,
  type NewContact,
  type SuspensionChange,
  type Turn,
} from '#libs/case-domain';
import type {
  CaseEventRow,
  CaseLinkRow,
  EventName,
  FurtherEndpoint,
  InteractionMove,
  InteractionRow,
  OutboxRecord,
  RevisedRow,
  SettledSuspensionRow,
  SuspensionRow,
  ThreadRow,
} from '#libs/case-store';
import type { News } from './announcements.js';
import type { ReservedNumbers } from './case-numbers.js';
import { type Answer, isAboutInteraction } from './decide-questions.js';
import type { InteractionQuestion, Recognised, RejectionQuestion } from './recognise-inputs.js';
import { caseEventRow } from './records/case-records.js';
import { suspendedRecord, type Repetition } from './records/decided-records.js';
import { verdictRecord } from './records/verdict-record.js';
import { settledColumns } from './settled-columns.js';
import { ThreadPlan } from './thread-plan.js';

/** Rows and records that the decisions of one account amount to; one entry per statement. */
export interface WritePlan {
  readonly accountId: string;
  readonly now: string;
  readonly contacts: readonly NewContact[];
  readonly inserted: readonly CaseState[];
  readonly updated: readonly CaseState[];
  readonly threads: readonly ThreadRow[];
  readonly events: readonly CaseEventRow[];
  readonly links: readonly CaseLinkRow[];
  readonly interactions: readonly InteractionRow[];
  /** Of interactions that have rows already. */
  readonly revised: readonly RevisedRow[];
  readonly further: readonly FurtherEndpoint[];
  readonly suspended: readonly SuspensionRow[];
  readonly settled: readonly SettledSuspensionRow[];
  /** Out of cases that were merged. */
  readonly moves: readonly InteractionMove[];
  readonly turns: readonly Turn[];
  readonly news: readonly News[];
  /** Records that no row holds. */
  readonly records: readonly OutboxRecord[];
  /** Further deliveries of what is settled here. */
  readonly repetitions: readonly Repetition[];
}

export interface PlanInput {
  readonly accountId: string;
  readonly now: string;
  readonly answers: readonly Answer[];
  readonly recognised: Pick<Recognised, 'further' | 'repetitions'>;
  /** Cases as they were loaded, before the first decision. */
  readonly loaded: ReadonlyMap<string, CaseState>;
  /** For the cases that are opened, in their order. */
  readonly numbers: Pick<ReservedNumbers, 'take'>;
}

/** Turns decisions into rows: the same decisions and numbers give the same rows. */
export function planWrites(input: PlanInput): WritePlan {
  return new WritePlanner(input).plan();
}

/** Collects rows while it goes through the decisions in their order. */
class WritePlanner {
  private readonly contacts = new Map<string, NewContact>();
  private readonly states = new Map<string, CaseState>();
  /** Numbers of the cases that are opened. */
  private readonly numbers = new Map<string, string>();
  private readonly threads = new ThreadPlan();
  private readonly turns = new Map<string, Turn>();
  private readonly events: CaseEventRow[] = [];
  private readonly links: CaseLinkRow[] = [];
  /** Cases that were merged and into which. */
  private readonly merged = new Map<string, string>();
  private readonly interactions: InteractionRow[] = [];
  private readonly revised: RevisedRow[] = [];
  private readonly suspended: SuspensionRow[] = [];
  private readonly settled: SettledSuspensionRow[] = [];
  private readonly records: OutboxRecord[] = [];
  private readonly news: News[] = [];

  constructor(private readonly input: PlanInput) {}

  plan(): WritePlan {
    const { accountId, now, answers, recognised, loaded } = this.input;
    answers.forEach((answer) => this.add(answer));
    const states = [...this.states.values()];
    return {
      accountId,
      now,
      contacts: [...this.contacts.values()],
      inserted: states.flatMap((state) => this.opened(state)),
      updated: states.filter(({ id }) => loaded.has(id)),
      threads: this.threads.rows(),
      events: this.events,
      links: this.links,
      interactions: this.interactions,
      revised: this.revised,
      further: recognised.further,
      suspended: this.suspended,
      settled: this.settled,
      moves: this.moves(),
      turns: [...this.turns.values()],
      news: this.news,
      records: this.records,
      repetitions: recognised.repetitions.map((one) => this.placed(one)),
    };
  }

  private opened(state: CaseState): CaseState[] {
    const number = this.numbers.get(state.id);
    return number === undefined ? [] : [{ ...state, number }];
  }

  private add(answer: Answer): void {
    const events = this.addEffects(answer.decision.effects);
    if (isAboutInteraction(answer)) {
      this.addInteraction(answer.question, answer.decision, events);
    } else if (answer.question.kind === 'rejection') {
      this.addRejection(answer.question);
    } else if (events.length > 0) {
      const bytes = answer.decision.effects.cases.reduce((sum, { state }) => sum + state.description.length, 0);
      this.news.push({ interactionId: null, events, bytes });
    }
  }

  private addEffects({ contacts, cases, threads, links, suspensions, moves, turns }: Effects): EventName[] {
    contacts.forEach((contact) => this.contacts.set(contact.id, contact));
    this.threads.add(threads);
    this.links.push(...links);
    suspensions.forEach((change) => this.addSuspension(change));
    moves.forEach(({ fromCaseId, toCaseId }) => this.merged.set(fromCaseId, toCaseId));
    turns.forEach((turn) => this.turns.set(`${turn.groupId}\n${turn.agentId}`, turn));
    return cases.map((changed) => this.addChange(changed));
  }

  /** A case that received another one may have been merged itself later in the batch. */
  private moves(): InteractionMove[] {
    return [...this.merged].map(([fromCaseId, next]) => ({ fromCaseId, toCaseId: this.survivor(next) }));
  }

  private survivor(caseId: string): string {
    let survivor = caseId;
    for (let next = this.merged.get(survivor); next !== undefined; next = this.merged.get(survivor)) {
      survivor = next;
    }
    return survivor;
  }

  private addChange({ state, change }: Changed): EventName {
    const { id: caseId, version: seq } = state;
    const opens = !this.states.has(caseId) && !this.input.loaded.has(caseId);
    this.states.set(caseId, state);
    this.events.push(caseEventRow(caseId, seq, opens ? this.withNumber(caseId, change) : change));
    return { caseId, seq };
  }

  /** The number is given only now, and belongs to the first event like every other field. */
  private withNumber(caseId: string, change: CaseChange): CaseChange {
    const number = this.input.numbers.take();
    this.numbers.set(caseId, number);
    return { ...change, changes: [...change.changes, { field: 'number', from: null, to: number }] };
  }

  private addSuspension(change: SuspensionChange): void {
    const { interactionId } = change;
    if (change.change === 'opened') {
      this.suspended.push({ interactionId, reason: change.reason });
    } else {
      this.settled.push({ interactionId, state: change.change, by: change.by, note: change.note });
    }
  }

  private addInteraction(question: InteractionQuestion, decision: InteractionDecision, events: EventName[]): void {
    const { interaction, payload, endpoints, stored, released } = question;
    const { verdict } = decision;
    const row = { interaction, payload, ...settledColumns(decision) };
    if (stored === null) {
      this.interactions.push({ ...row, endpoints });
    } else {
      this.revised.push({ ...row, decidedAt: this.input.now, before: stored });
    }
    if (released !== null && released.word !== null && stored !== null) {
      this.records.push(verdictRecord(this.input, interaction, stored, released.word));
    }
    if (verdict.outcome === 'suspended') {
      // Its record is written now: a person may have settled it before the relay comes by.
      this.records.push(suspendedRecord(this.input, row));
    } else {
      this.news.push({ interactionId: interaction.id, events, bytes: Buffer.byteLength(payload) });
    }
  }

  /** Nothing changes but the word for its end, and that is told by the verdict's own record. */
  private addRejection({ interaction, stored, word }: RejectionQuestion): void {
    const decidedAt = stored.decidedAt.toISOString();
    this.revised.push({ ...stored, interaction, decidedAt, outcome: 'rejected', before: stored });
    this.records.push(verdictRecord(this.input, interaction, stored, word));
  }

  private placed(repetition: Repetition): Repetition {
    const own = this.interactions.find(({ interaction }) => interaction.id === repetition.interactionId);
    return own === undefined ? repetition : { ...repetition, caseId: own.caseId && this.survivor(own.caseId) };
  }
}
