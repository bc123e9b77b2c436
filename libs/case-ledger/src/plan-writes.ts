import {
  caseOf,
  type CaseChange,
  type CaseState,
  type Changed,
  type Effects,
  type InteractionDecision,
  type InteractionVerdict,
  type NewContact,
  type Turn,
  outcomeOf,
} from '#libs/case-domain';
import type {
  Announcement,
  CaseEventRow,
  CaseLinkRow,
  EventName,
  InteractionMove,
  InteractionRow,
  OutboxRecord,
  SuspensionRow,
  ThreadRow,
} from '#libs/case-store';
import { announcementsOf, type News } from './announcements.js';
import type { DecidedInteraction } from './decide-all.js';
import { caseEventRow } from './records/case-records.js';
import { duplicateRecord, suspendedRecord, type Repetition } from './records/decided-records.js';
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
  /** Of interactions that a person released: they have rows already. */
  readonly released: readonly InteractionRow[];
  readonly suspensions: readonly SuspensionRow[];
  /** Out of cases that were merged. */
  readonly moves: readonly InteractionMove[];
  readonly turns: readonly Turn[];
  readonly announcements: readonly Announcement[];
}

export interface PlanInput {
  readonly accountId: string;
  readonly now: string;
  readonly decided: readonly DecidedInteraction[];
  readonly repetitions: readonly Repetition[];
  /** Cases as they were loaded, before the first decision. */
  readonly loaded: ReadonlyMap<string, CaseState>;
  /** By case id: the numbers of the cases that are opened. */
  readonly numbers: ReadonlyMap<string, string>;
}

/** Turns decisions into rows. Pure: the same decisions give the same rows. */
export function planWrites(input: PlanInput): WritePlan {
  return new WritePlanner(input).plan();
}

/** Collects rows while it goes through the decisions in their order. */
class WritePlanner {
  private readonly contacts = new Map<string, NewContact>();
  private readonly states = new Map<string, CaseState>();
  private readonly threads = new ThreadPlan();
  private readonly turns = new Map<string, Turn>();
  private readonly events: CaseEventRow[] = [];
  private readonly links: CaseLinkRow[] = [];
  /** Cases that were merged and into which. */
  private readonly merged = new Map<string, string>();
  private readonly interactions: InteractionRow[] = [];
  private readonly released: InteractionRow[] = [];
  private readonly suspensions: SuspensionRow[] = [];
  private readonly records: OutboxRecord[] = [];
  private readonly news: News[] = [];

  constructor(private readonly input: PlanInput) {}

  plan(): WritePlan {
    const { accountId, now, decided, repetitions, loaded } = this.input;
    decided.forEach((one) => this.add(one));
    const repeated = repetitions.map((one) => duplicateRecord(accountId, this.placed(one), now));
    const states = [...this.states.values()];
    return {
      accountId,
      now,
      contacts: [...this.contacts.values()],
      inserted: states.filter(({ id }) => !loaded.has(id)).map((state) => this.numbered(state)),
      updated: states.filter(({ id }) => loaded.has(id)),
      threads: this.threads.rows(),
      events: this.events,
      links: this.links,
      interactions: this.interactions,
      released: this.released,
      suspensions: this.suspensions,
      moves: this.moves(),
      turns: [...this.turns.values()],
      announcements: announcementsOf(this.news, [...this.records, ...repeated]),
    };
  }

  private add(one: DecidedInteraction): void {
    const row = this.addInteraction(one);
    const events = this.addEffects(one.decision.effects);
    if (one.decision.verdict.outcome === 'suspended') {
      // Its record is written now: a person may have settled it before the relay comes by.
      this.records.push(suspendedRecord(this.input.accountId, row, this.input.now));
    } else {
      this.news.push({ interactionId: one.interaction.id, events, bytes: one.payload.length });
    }
  }

  private addEffects({ contacts, cases, threads, links, suspensions, moves, turns }: Effects): EventName[] {
    contacts.forEach((contact) => this.contacts.set(contact.id, contact));
    this.threads.add(threads);
    this.links.push(...links);
    this.suspensions.push(...suspensions);
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

  /** The number is known only now, and belongs to the first event like every other field. */
  private withNumber(caseId: string, change: CaseChange): CaseChange {
    const number = { field: 'number', from: null, to: this.input.numbers.get(caseId) ?? null } as const;
    return { ...change, changes: [...change.changes, number] };
  }

  private numbered(state: CaseState): CaseState {
    return { ...state, number: this.input.numbers.get(state.id) ?? null };
  }

  private addInteraction({ interaction, payload, endpoints, decision, released }: DecidedInteraction): InteractionRow {
    const { verdict } = decision;
    const row = {
      interaction,
      payload,
      endpoints,
      caseId: caseOf(verdict),
      visibility: visibilityOf(verdict),
      outcome: outcomeOf(verdict),
      decision: evidenceText(decision),
    };
    (released ? this.released : this.interactions).push(row);
    return row;
  }

  private placed(repetition: Repetition): Repetition {
    const own = this.interactions.find(({ interaction }) => interaction.id === repetition.interactionId);
    return own === undefined ? repetition : { ...repetition, caseId: own.caseId && this.survivor(own.caseId) };
  }
}

/** Nobody but colleagues sees what waits; what is recorded is nobody's secret. */
function visibilityOf(verdict: InteractionVerdict): InteractionRow['visibility'] {
  switch (verdict.outcome) {
    case 'recorded':
      return 'public';
    case 'suspended':
      return 'internal';
    default:
      return verdict.visibility;
  }
}

/** The evidence with what was concluded beyond the case itself, as the interaction's row keeps it: JSON text. */
function evidenceText({ verdict, evidence }: InteractionDecision): string {
  return JSON.stringify({ ...evidence, settled: settledBy(verdict) });
}

function settledBy(verdict: InteractionVerdict): Record<string, unknown> {
  const { requester, submitter } = verdict;
  switch (verdict.outcome) {
    case 'created':
    case 'followed_up':
      return { requester, submitter, relation: verdict.relation };
    case 'recorded':
      return { requester, submitter, related_case_id: verdict.relatedCaseId };
    case 'suspended':
      return { requester, submitter, related_case_id: verdict.relatedCaseId, suspension: verdict.because };
    default:
      return { requester, submitter, flags: verdict.flags };
  }
}
