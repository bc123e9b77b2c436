import {
  advance,
  bothNeeds,
  type CallBarDecision,
  type Consequence,
  type CommandVerdict,
  consequencesOf,
  caseOf,
  type CompletedMessage,
  completeMessage,
  type ContactCommandDecision,
  type ContactDecision,
  countPassage,
  decideCallBar,
  decideCommand,
  decideContact,
  decideContactCommand,
  decideDue,
  decideInteraction,
  decideRejected,
  decideReleased,
  hearBeside,
  hearCall,
  type Decision,
  type DueVerdict,
  type Effects,
  type InteractionDecision,
  type InteractionVerdict,
  type Moment,
  type Needs,
  NO_EFFECTS,
  outcomeOf,
  type Refusal,
  reviseInteraction,
  type RevisionDecision,
  type Snapshot,
  type SpokenBeside,
} from '#libs/case-domain';
import type { Interaction } from '#libs/interaction';
import { MoreNeeded } from '../lost-race.js';
import {
  type CallBarQuestion,
  decidedIn,
  type CommandQuestion,
  type ContactCommandQuestion,
  type ContactQuestion,
  type CompletionQuestion,
  type DueQuestion,
  type FoldQuestion,
  type InteractionQuestion,
  type Question,
  type RejectionQuestion,
} from './questions.js';

/** A question and what was decided about it. */
export type Answer =
  | { readonly kind: 'interaction'; readonly question: InteractionQuestion; readonly decision: InteractionDecision }
  | { readonly kind: 'fold'; readonly question: FoldQuestion; readonly decision: RevisionDecision }
  | {
      readonly kind: 'completion';
      readonly question: CompletionQuestion;
      readonly decision: CompletedMessage['decision'];
      readonly interaction: Interaction;
    }
  | {
      readonly kind: 'rejection';
      readonly question: RejectionQuestion;
      readonly decision: ReturnType<typeof decideRejected>;
    }
  | { readonly kind: 'callbar'; readonly question: CallBarQuestion; readonly decision: CallBarDecision }
  | { readonly kind: 'contact'; readonly question: ContactQuestion; readonly decision: ContactDecision }
  | {
      readonly kind: 'contact_command';
      readonly question: ContactCommandQuestion;
      readonly decision: ContactCommandDecision;
    }
  | { readonly kind: 'due'; readonly question: DueQuestion; readonly decision: Decision<DueVerdict, null> }
  | {
      readonly kind: 'command';
      readonly question: CommandQuestion;
      readonly decision: Decision<CommandVerdict | Refusal, null>;
    };

/**
 * Decides one after another; each decision, with what follows from it, moves the snapshot that the next one sees.
 *
 * @throws MoreNeeded when consequences have to change what is not locked: with the needs of all of them, so that as
 * many inputs as there may be start over together.
 */
export function decideQuestions(
  questions: Iterable<Question>,
  snapshot: Snapshot,
  moment: Moment,
  consequences: readonly Consequence[],
): Answer[] {
  let needs: Needs | null = null;
  const answers = Array.from(questions, (question) => {
    const answer = answerTo(question, snapshot, moment);
    advance(snapshot, answer.decision.effects);
    const spoken = spokenIn(answer);
    if (spoken !== null) {
      hearBeside(snapshot, spoken);
    }
    if (spoken !== null && spoken.outcome !== 'waiting') {
      hearCall(snapshot, spoken);
    }
    const settled = settledInteraction(answer);
    if (settled !== null) {
      countPassage(snapshot, settled.interaction, settled.verdict);
    }
    const effects = consequencesOf(answer.decision.effects, snapshot, moment, consequences);
    if ('needs' in effects) {
      needs = needs === null ? effects.needs : bothNeeds(needs, effects.needs);
      return answer;
    }
    return consequences.length === 0 ? answer : withEffects(answer, effects);
  });
  if (needs !== null) {
    throw new MoreNeeded(snapshot.account.id, needs);
  }
  return answers;
}

function withEffects(answer: Answer, effects: Effects): Answer {
  return { ...answer, decision: { ...answer.decision, effects } } as Answer;
}

function answerTo(question: Question, snapshot: Snapshot, moment: Moment): Answer {
  switch (question.kind) {
    case 'interaction':
      return { kind: 'interaction', question, decision: interactionDecision(question, snapshot, moment) };
    case 'fold': {
      const decision = reviseInteraction(decidedIn(question), question.folded, snapshot, moment);
      return { kind: 'fold', question, decision };
    }
    case 'completion': {
      const { first, before, doubled } = question;
      const decided = { outcome: first.outcome, caseId: first.caseId, interaction: before };
      return { kind: 'completion', question, ...completeMessage(decided, doubled, snapshot, moment) };
    }
    case 'rejection':
      return { kind: 'rejection', question, decision: decideRejected(question.interaction.id, question.word) };
    case 'callbar':
      return { kind: 'callbar', question, decision: decideCallBar(question.matter, snapshot, moment) };
    case 'contact':
      return { kind: 'contact', question, decision: decideContact(question.fact, snapshot, moment) };
    case 'contact_command': {
      const given = { book: snapshot.people, withLiveCases: snapshot.liveRequesters, moment };
      return { kind: 'contact_command', question, decision: decideContactCommand(question.command, given) };
    }
    case 'due':
      return { kind: 'due', question, decision: decideDue(question.due, snapshot, moment) };
    case 'command':
      return { kind: 'command', question, decision: commandDecision(question, snapshot, moment) };
  }
}

function interactionDecision(
  { interaction, released }: InteractionQuestion,
  snapshot: Snapshot,
  moment: Moment,
): InteractionDecision {
  return released === null || released.word === null
    ? decideInteraction(interaction, snapshot, moment, { released: released !== null })
    : decideReleased(interaction, released.word, snapshot, moment);
}

/** A refused command is a verdict without effects. */
function commandDecision(
  { command }: CommandQuestion,
  snapshot: Snapshot,
  moment: Moment,
): Decision<CommandVerdict | Refusal, null> {
  const decided = decideCommand(command, snapshot, moment);
  return 'effects' in decided ? decided : { verdict: decided, effects: NO_EFFECTS, evidence: null };
}

/** What an answer is about, as others of the batch find it. */
function spokenIn(answer: Answer): SpokenBeside | null {
  if (answer.kind === 'interaction') {
    const { verdict } = answer.decision;
    return { interaction: answer.question.interaction, outcome: outcomeOf(verdict), caseId: caseOf(verdict) };
  }
  if (answer.kind !== 'fold') {
    return null;
  }
  const { interaction } = answer.question.folded;
  const { verdict } = answer.decision;
  if (verdict.outcome === 'kept') {
    const { outcome = 'waiting', caseId = null } = answer.question.stored ?? {};
    return { interaction, outcome, caseId };
  }
  return verdict.outcome === 'waiting'
    ? { interaction, outcome: 'waiting', caseId: null }
    : { interaction, outcome: outcomeOf(verdict), caseId: caseOf(verdict) };
}

interface SettledInteraction {
  readonly interaction: Interaction;
  readonly verdict: InteractionVerdict;
}

/** The interaction that something became of here; null when the answer is about none, or left it as it was. */
function settledInteraction(answer: Answer): SettledInteraction | null {
  switch (answer.kind) {
    case 'interaction':
      return { interaction: answer.question.interaction, verdict: answer.decision.verdict };
    case 'fold': {
      const { verdict } = answer.decision;
      const { interaction } = answer.question.folded;
      return verdict.outcome === 'waiting' || verdict.outcome === 'kept' ? null : { interaction, verdict };
    }
    default:
      return null;
  }
}

/** The named state that the input ends in. */
export function endingOf(answer: Answer): string {
  const settled = settledInteraction(answer);
  return settled === null ? answer.decision.verdict.outcome : outcomeOf(settled.verdict);
}
