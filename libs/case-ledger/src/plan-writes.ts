import {
  applyChange,
  type AttachDecision,
  type CaseChange,
  type CaseJoin,
  type CaseState,
  type CreateDecision,
  type Decision,
  type NewContact,
  type SuspendDecision,
} from '#libs/case-domain';
import type {
  Announcement,
  AssignmentStamp,
  CaseEventRow,
  CaseLinkRow,
  EventName,
  InteractionMove,
  InteractionRow,
  OutboxRecord,
  SuspensionRow,
  ThreadRow,
} from '#libs/case-store';
import { caseEventId, caseEventRow } from './records/case-records.js';
import { duplicateRecord, suspendedRecord, type Repetition } from './records/decided-records.js';
import { announcementsOf, type News } from './announcements.js';
import type { DecidedInteraction } from './decide-all.js';
import { outcomeOf } from './outcome.js';
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
  readonly stamps: readonly AssignmentStamp[];
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
  private readonly stamps = new Map<string, AssignmentStamp>();
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
    const states = [...this.states.values()];
    const repeated = repetitions.map((one) => duplicateRecord(accountId, this.placed(one), now));
    return {
      accountId,
      now,
      contacts: [...this.contacts.values()],
      inserted: states.filter((state) => !loaded.has(state.id)),
      updated: states.filter((state) => loaded.has(state.id)),
      threads: this.threads.rows(),
      events: this.events,
      links: this.links,
      interactions: this.interactions,
      released: this.released,
      suspensions: this.suspensions,
      moves: this.moves(),
      stamps: [...this.stamps.values()],
      announcements: announcementsOf(this.news, [...this.records, ...repeated]),
    };
  }

  private add(one: DecidedInteraction): void {
    const { decision, interaction, payload } = one;
    if (decision.kind === 'suspend') {
      this.addSuspension(one, decision);
      return;
    }
    if (decision.contact !== null) {
      this.contacts.set(decision.contact.id, decision.contact);
    }
    const events = this.addDecision(one, decision);
    this.news.push({ interactionId: interaction.id, events, bytes: payload.length });
  }

  /** Its record is written now: a person may have settled it before the relay comes by. */
  private addSuspension(one: DecidedInteraction, { reason }: SuspendDecision): void {
    const row = this.addInteraction(one, null, 'internal');
    this.suspensions.push({ interactionId: one.interaction.id, reason });
    this.records.push(suspendedRecord(this.input.accountId, row, this.input.now));
  }

  private addDecision(one: DecidedInteraction, decision: Exclude<Decision, SuspendDecision>): EventName[] {
    switch (decision.kind) {
      case 'create':
        this.addRelation(decision);
        this.addInteraction(one, decision.state.id, decision.visibility);
        return this.addCase(one, decision);
      case 'attach':
        this.addInteraction(one, decision.state.id, decision.visibility);
        return this.addCase(one, decision);
      case 'record':
        this.addInteraction(one, null, 'public');
        return [];
    }
  }

  private addRelation({ relation, state }: CreateDecision): void {
    if (relation !== null) {
      this.links.push({ fromCaseId: state.id, toCaseId: relation.caseId, kind: relation.kind });
    }
  }

  private addCase(one: DecidedInteraction, decision: CreateDecision | AttachDecision): EventName[] {
    const { assigned, changes, state, threads } = decision;
    this.threads.add(threads);
    if (assigned !== null) {
      this.stamps.set(`${assigned.groupId}\n${assigned.agentId}`, assigned);
    }
    const merged = (decision.joins ?? []).flatMap((join) => this.addJoin(one, join));
    return [...merged, ...changes.map((change) => this.addChange(one, state.id, change))];
  }

  private addJoin(one: DecidedInteraction, { state, changes }: CaseJoin): EventName[] {
    if (state.mergedIntoId !== null) {
      this.links.push({ fromCaseId: state.id, toCaseId: state.mergedIntoId, kind: 'merged' });
      this.merged.set(state.id, state.mergedIntoId);
    }
    return changes.map((change) => this.addChange(one, state.id, change));
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

  /** Each change is applied to the case before it, so that each event shows the case right after itself. */
  private addChange({ interaction }: DecidedInteraction, caseId: string, decided: CaseChange): EventName {
    const { loaded } = this.input;
    const before = this.states.get(caseId) ?? loaded.get(caseId) ?? null;
    const change = before === null ? this.numbered(caseId, decided) : decided;
    const state = applyChange(before, change);
    this.states.set(caseId, state);
    this.events.push(
      caseEventRow({
        id: caseEventId(caseId, state.version),
        caseId,
        seq: state.version,
        change,
        interactionId: interaction.id,
        occurredAt: interaction.occurredAt,
        recordedAt: this.input.now,
      }),
    );
    return { caseId, seq: state.version };
  }

  /** The number is known only now, and belongs to the first event like every other field. */
  private numbered(caseId: string, change: CaseChange): CaseChange {
    const number = { field: 'number', from: null, to: this.input.numbers.get(caseId) ?? null } as const;
    return { ...change, changes: [...change.changes, number] };
  }

  private addInteraction(
    one: DecidedInteraction,
    caseId: string | null,
    visibility: 'public' | 'internal',
  ): InteractionRow {
    const { interaction, payload, endpoints, decision } = one;
    const outcome = outcomeOf(decision);
    const evidence = JSON.stringify({ ...decision.evidence, settled: settledBy(decision) });
    const row = { interaction, payload, endpoints, caseId, visibility, outcome, decision: evidence };
    (one.released ? this.released : this.interactions).push(row);
    return row;
  }

  private placed(repetition: Repetition): Repetition {
    const own = this.interactions.find(({ interaction }) => interaction.id === repetition.interactionId);
    return own === undefined ? repetition : { ...repetition, caseId: own.caseId && this.survivor(own.caseId) };
  }
}

/** What was concluded beyond the case itself, kept beside the evidence. */
function settledBy(decision: Decision): Record<string, unknown> {
  const { requester, submitter } = decision;
  switch (decision.kind) {
    case 'create':
      return { requester, submitter, relation: decision.relation };
    case 'attach':
      return { requester, submitter, flags: decision.flags };
    case 'record':
      return { requester, submitter, related_case_id: decision.relatedCaseId };
    case 'suspend':
      return { requester, submitter, related_case_id: decision.relatedCaseId, suspension: decision.reason };
  }
}
