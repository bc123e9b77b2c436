import {
  type CallBarDecision,
  contentDigests,
  type InteractionDecision,
  isVoicemail,
  namesOfVoicemail,
} from '#libs/case-domain';
import type { EventName, FactRow, InteractionRow, OutboxRecord, RevisedRow, StoredInteraction } from '#libs/case-store';
import type { Interaction } from '#libs/interaction';
import type { News } from './announcements.js';
import type { Answer } from '../decide/decide-questions.js';
import type { CallBarQuestion, InteractionQuestion, RejectionQuestion } from '../decide/questions.js';
import { endpointName } from '../decide/told.js';
import { suspendedRecord } from '../records/decided-records.js';
import { verdictRecord } from '../records/verdict-record.js';
import { revisedColumns, settledColumns, type SettledColumns } from './settled-columns.js';

/** The rows of interactions that answers amount to, and what is told of them. */
export interface InteractionRows {
  readonly interactions: readonly InteractionRow[];
  /** Of interactions that have rows already. */
  readonly revised: readonly RevisedRow[];
  readonly facts: readonly FactRow[];
  readonly news: readonly News[];
  /** SHA-256 of what rows referred to and do not any more: a newer sound has taken its place. */
  readonly left: readonly string[];
  /** Records that no row holds. */
  readonly records: readonly OutboxRecord[];
  /** Messages that something was decided of, with the names under which others may wait for them. */
  readonly voicemails: readonly { readonly id: string; readonly names: readonly string[] }[];
}

/** Collects the rows of interactions in the order of the answers. */
export class InteractionsPlan implements InteractionRows {
  readonly interactions: InteractionRow[] = [];
  readonly revised: RevisedRow[] = [];
  readonly facts: FactRow[] = [];
  readonly news: News[] = [];
  readonly left: string[] = [];
  readonly records: OutboxRecord[] = [];
  readonly voicemails: { readonly id: string; readonly names: readonly string[] }[] = [];

  constructor(private readonly told: { readonly accountId: string; readonly now: string }) {}

  /** `events`: what the effects of the answer are told by. They are told even where no interaction is. */
  add(answer: Answer, events: readonly EventName[]): void {
    const row = this.addRows(answer);
    if (row !== null) {
      this.news.push({ ...row, events });
    } else if (events.length > 0) {
      const bytes = answer.decision.effects.cases.reduce((sum, { state }) => sum + state.description.length, 0);
      this.news.push({ interactionId: null, events, bytes });
    }
  }

  private addRows(answer: Answer): ToldByRow | null {
    switch (answer.kind) {
      case 'interaction':
        return this.addInteraction(answer.question, answer.decision);
      case 'fold':
        return this.addFold(answer);
      case 'completion':
        return this.addCompletion(answer);
      case 'rejection':
        return this.addRejection(answer.question);
      case 'callbar':
        return this.addCallBar(answer.question, answer.decision);
      case 'contact':
      case 'contact_command':
      case 'due':
      case 'command':
        return null;
    }
  }

  private addInteraction(
    { interaction, payload, endpoints, stored, released }: InteractionQuestion,
    decision: InteractionDecision,
  ): ToldByRow | null {
    if (stored !== null && released !== null && released.word !== null) {
      this.records.push(verdictRecord(this.told, interaction, stored, released.word));
    }
    const dueAt = stored?.dueAt?.toISOString() ?? null;
    return this.write({ interaction, payload, endpoints, stored, dueAt }, settledColumns(decision));
  }

  private addFold({ question, decision }: Extract<Answer, { kind: 'fold' }>): ToldByRow | null {
    const { folded, stored, before, factIds } = question;
    const { interaction } = folded;
    const kept = new Set(contentDigests(interaction));
    this.left.push(...(before === null ? [] : contentDigests(before).filter((sha256) => !kept.has(sha256))));
    const endpoint = endpointName(interaction);
    this.facts.push(...factIds.map((id) => ({ id, interactionId: interaction.id })));
    // As bytes at once: texts that wait until all is written would be copied by every collection of young objects.
    const payload = Buffer.from(JSON.stringify(interaction));
    const row = { interaction, payload, endpoints: endpoint === null ? [] : [endpoint] };
    const told = this.write({ ...row, stored, dueAt: folded.dueAt ?? null }, revisedColumns(decision, stored));
    // What was decided of it is as it was: its case alone has something to tell.
    return decision.evidence === null ? null : told;
  }

  /** The call says what it said; where it belongs is what agents made of it. */
  private addCallBar({ stored }: CallBarQuestion, { verdict: { row } }: CallBarDecision): ToldByRow | null {
    if (row === null || stored === null) {
      return null;
    }
    const { interaction } = row;
    const dueAt = stored.dueAt?.toISOString() ?? null;
    return this.write({ interaction, payload: stored.payload, endpoints: null, stored, dueAt }, settledColumns(row));
  }

  /** Both rows are written: what the one lacked, and that the other one has given it. */
  private addCompletion({
    question,
    interaction,
    decision,
  }: Extract<Answer, { kind: 'completion' }>): ToldByRow | null {
    const { first, before, double, doubled } = question;
    const kept = (row: StoredInteraction) => ({
      ...row,
      endpoints: null,
      decidedAt: row.decidedAt.toISOString(),
      before: row,
    });
    this.revised.push({ ...kept(double), interaction: doubled, dueAt: null });
    const payload = JSON.stringify(interaction);
    if (first.id === double.id || (payload === JSON.stringify(before) && decision.effects.cases.length === 0)) {
      return null;
    }
    const dueAt = first.dueAt?.toISOString() ?? null;
    this.revised.push({ ...kept(first), interaction, payload, dueAt });
    return { interactionId: interaction.id, bytes: Buffer.byteLength(payload) };
  }

  /** Nothing changes but the word for its end and when that was said, and that is told by the verdict's own record. */
  private addRejection({ interaction, stored, word }: RejectionQuestion): null {
    const left = { endpoints: null, dueAt: null, decidedAt: this.told.now, outcome: 'rejected', before: stored };
    this.revised.push({ ...stored, interaction, ...left });
    this.records.push(verdictRecord(this.told, interaction, stored, word));
    return null;
  }

  private write({ stored, ...told }: WrittenInteraction, columns: SettledColumns): ToldByRow | null {
    const { interaction, payload } = told;
    // What a double has that the first lacks is looked at by itself, at once.
    const row = columns.outcome === 'duplicate' ? { ...told, dueAt: this.told.now } : told;
    if (columns.outcome !== 'waiting' && isVoicemail(interaction)) {
      this.voicemails.push({ id: interaction.id, names: namesOfVoicemail(interaction) });
    }
    if (stored === null) {
      this.interactions.push({ ...row, ...columns, endpoints: row.endpoints ?? [] });
    } else {
      this.revised.push({ ...row, decidedAt: this.told.now, ...columns, before: stored });
    }
    if (columns.outcome === 'suspended' && (stored === null || stored.outcome !== 'suspended')) {
      // Its record is written now: a person may have settled it before the relay comes by.
      this.records.push(suspendedRecord(this.told, { interaction, ...columns }, (stored?.revision ?? 0) + 1));
      return null;
    }
    return columns.outcome === 'waiting' ? null : { interactionId: interaction.id, bytes: Buffer.byteLength(payload) };
  }
}

/** The relay tells it as it finds its row. */
type ToldByRow = Pick<News, 'interactionId' | 'bytes'>;

interface WrittenInteraction {
  readonly interaction: Interaction;
  readonly payload: Buffer | string;
  readonly endpoints: readonly string[] | null;
  readonly stored: StoredInteraction | null;
  readonly dueAt?: string | null;
}
