import type {
  Callback,
  CaseErasure,
  CaseChange,
  Changed,
  CaseState,
  CommentEdit,
  ContactChoice,
  Effects,
  HoldChange,
  InteractionRedaction,
  NewAttaching,
  NewComment,
  NewContact,
  NewLink,
  PressResult,
  Redaction,
  Relink,
  SuspensionChange,
  ThreadMove,
  ToldCallback,
  ToldOverdue,
  Turn,
} from '#libs/case-domain';
import type {
  CaseEventRow,
  EventName,
  InteractionMove,
  SettledSuspensionRow,
  SuspensionRow,
  ThreadRow,
} from '#libs/case-store';
import type { ReservedNumbers } from '../case-numbers.js';
import { caseEventRow } from '../records/case-records.js';
import { type ContactRows, ContactsPlan } from './plan-contacts.js';
import { ThreadPlan } from './thread-plan.js';

/** The rows that effects amount to. */
export interface EffectRows extends ContactRows {
  readonly comments: readonly NewComment[];
  readonly commentEdits: readonly CommentEdit[];
  readonly commentRedactions: readonly Redaction[];
  readonly interactionRedactions: readonly InteractionRedaction[];
  readonly erasedInteractions: readonly string[];
  readonly erasures: readonly CaseErasure[];
  readonly attachments: readonly NewAttaching[];
  readonly contacts: readonly NewContact[];
  readonly inserted: readonly CaseState[];
  readonly updated: readonly CaseState[];
  readonly threads: readonly ThreadRow[];
  readonly events: readonly CaseEventRow[];
  readonly links: readonly NewLink[];
  /** Ids of links that go. */
  readonly unlinked: readonly string[];
  readonly suspended: readonly SuspensionRow[];
  readonly settled: readonly SettledSuspensionRow[];
  /** Out of cases that were merged. */
  readonly moves: readonly InteractionMove[];
  readonly relinks: readonly Relink[];
  readonly threadMoves: readonly ThreadMove[];
  readonly turns: readonly Turn[];
  /** The last word about each case. */
  readonly holds: readonly HoldChange[];
  readonly overdue: readonly ToldOverdue[];
  readonly presses: readonly PressResult[];
  readonly contactChoices: readonly ContactChoice[];
  readonly callbacks: readonly Callback[];
  readonly toldCallbacks: readonly ToldCallback[];
  /** Cases that go for good, as they were told last. */
  readonly purged: readonly Changed[];
}

/** Collects the rows of effects in the order of the decisions. */
export class EffectsPlan {
  private readonly comments: NewComment[] = [];
  private readonly commentEdits: CommentEdit[] = [];
  private readonly commentRedactions: Redaction[] = [];
  private readonly interactionRedactions: InteractionRedaction[] = [];
  private readonly erasedInteractions: string[] = [];
  private readonly erasures: CaseErasure[] = [];
  private readonly attachments: NewAttaching[] = [];
  private readonly contacts: NewContact[] = [];
  /** What is told of contacts. */
  readonly told = new ContactsPlan();
  private readonly states = new Map<string, CaseState>();
  /** Numbers of the cases that are opened. */
  private readonly opened = new Map<string, string>();
  private readonly threads = new ThreadPlan();
  private readonly turns = new Map<string, Turn>();
  private readonly holds = new Map<string, HoldChange>();
  private readonly overdue: ToldOverdue[] = [];
  private readonly presses: PressResult[] = [];
  private readonly contactChoices: ContactChoice[] = [];
  private readonly callbacks: Callback[] = [];
  private readonly toldCallbacks: ToldCallback[] = [];
  private readonly events: CaseEventRow[] = [];
  private readonly links = new Map<string, NewLink>();
  private readonly unlinked: string[] = [];
  private readonly suspended: SuspensionRow[] = [];
  private readonly settled: SettledSuspensionRow[] = [];
  private readonly relinks: Relink[] = [];
  private readonly threadMoves: ThreadMove[] = [];
  /** Cases that were merged and into which. */
  private readonly merged = new Map<string, string>();
  private readonly purged: Changed[] = [];

  /** `loaded`: the cases as they were before the first decision. */
  constructor(
    private readonly loaded: ReadonlyMap<string, CaseState>,
    private readonly numbers: Pick<ReservedNumbers, 'take'>,
  ) {}

  /** Takes effects in, and returns the names of the events that they are told by. */
  add(effects: Effects): EventName[] {
    const { comments, contacts, cases, threads, links, suspensions, moves, turns, holds, overdue } = effects;
    this.comments.push(...comments);
    this.commentEdits.push(...effects.commentEdits);
    this.commentRedactions.push(...effects.commentRedactions);
    this.interactionRedactions.push(...effects.interactionRedactions);
    this.erasedInteractions.push(...effects.erasedInteractions);
    this.erasures.push(...effects.erasures);
    this.attachments.push(...effects.attachments);
    this.contacts.push(...contacts);
    this.told.add(effects);
    this.threads.add(threads);
    links.forEach((link) => this.links.set(link.id, link));
    // One that was made by the same plan is in no table yet.
    this.unlinked.push(...effects.unlinked.filter((id) => !this.links.delete(id)));
    suspensions.forEach((change) => this.addSuspension(change));
    moves.forEach(({ fromCaseId, toCaseId }) => this.merged.set(fromCaseId, toCaseId));
    this.relinks.push(...effects.relinks);
    this.threadMoves.push(...effects.threadMoves);
    turns.forEach((turn) => this.turns.set(`${turn.groupId}\n${turn.agentId}`, turn));
    this.overdue.push(...overdue);
    this.presses.push(...effects.presses);
    this.contactChoices.push(...effects.contactChoices);
    this.callbacks.push(...effects.callbacks);
    this.toldCallbacks.push(...effects.toldCallbacks);
    holds.forEach((hold) => this.holds.set(hold.caseId, hold));
    return cases.flatMap((changed) => this.addChange(changed));
  }

  rows(): EffectRows {
    const states = [...this.states.values()];
    return {
      ...this.told.rows(),
      comments: this.comments,
      commentEdits: this.commentEdits,
      commentRedactions: this.commentRedactions,
      interactionRedactions: this.interactionRedactions,
      erasedInteractions: this.erasedInteractions,
      erasures: this.erasures,
      attachments: this.attachments,
      contacts: this.contacts,
      inserted: states.flatMap((state) => this.numbered(state)),
      updated: states.filter(({ id }) => this.loaded.has(id)),
      threads: this.threads.rows(),
      events: this.events,
      links: [...this.links.values()],
      unlinked: this.unlinked,
      suspended: this.suspended,
      settled: this.settled,
      moves: [...this.merged].map(([fromCaseId, next]) => ({ fromCaseId, toCaseId: this.survivorOf(next) })),
      relinks: this.relinks,
      threadMoves: this.threadMoves,
      turns: [...this.turns.values()],
      holds: [...this.holds.values()],
      overdue: this.overdue,
      presses: this.presses,
      contactChoices: this.contactChoices,
      callbacks: this.callbacks,
      toldCallbacks: this.toldCallbacks,
      purged: this.purged,
    };
  }

  /** A case that received another one may have been merged itself later on. */
  survivorOf(caseId: string): string {
    let survivor = caseId;
    for (let next = this.merged.get(survivor); next !== undefined; next = this.merged.get(survivor)) {
      survivor = next;
    }
    return survivor;
  }

  private addSuspension(change: SuspensionChange): void {
    const { interactionId } = change;
    if (change.change === 'opened') {
      this.suspended.push({ interactionId, reason: change.reason });
    } else {
      this.settled.push({ interactionId, state: change.change, by: change.by, note: change.note });
    }
  }

  private addChange(changed: Changed): EventName[] {
    const { state, change } = changed;
    const { id: caseId, version: seq } = state;
    if (change.kind === 'purged') {
      // Its history goes with it, so no row tells of it.
      this.purged.push(changed);
      return [];
    }
    const opens = !this.states.has(caseId) && !this.loaded.has(caseId);
    this.states.set(caseId, state);
    this.events.push(caseEventRow(caseId, seq, opens ? this.withNumber(caseId, change) : change));
    return [{ caseId, seq }];
  }

  /** The number is given only now, and belongs to the first event like every other field. */
  private withNumber(caseId: string, change: CaseChange): CaseChange {
    const number = this.numbers.take();
    this.opened.set(caseId, number);
    return { ...change, changes: [...change.changes, { field: 'number', from: null, to: number }] };
  }

  private numbered(state: CaseState): CaseState[] {
    const number = this.opened.get(state.id);
    return number === undefined ? [] : [{ ...state, number }];
  }
}
