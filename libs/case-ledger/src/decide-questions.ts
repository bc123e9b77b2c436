import {
  advance,
  type Consequence,
  consequencesOf,
  countPassage,
  decideDue,
  decideInteraction,
  decideRejected,
  decideReleased,
  type Decision,
  type DueVerdict,
  type InteractionDecision,
  type Moment,
  outcomeOf,
  type Snapshot,
} from '#libs/case-domain';
import { MoreNeeded } from './lost-race.js';
import type { DueQuestion, InteractionQuestion, Question, RejectionQuestion } from './recognise-inputs.js';

/** A question and what was decided about it. */
export type Answer =
  | { readonly question: InteractionQuestion; readonly decision: InteractionDecision }
  | { readonly question: RejectionQuestion; readonly decision: ReturnType<typeof decideRejected> }
  | { readonly question: DueQuestion; readonly decision: Decision<DueVerdict, null> };

/**
 * Decides one after another; each decision, with what follows from it, moves the snapshot that the next one sees.
 *
 * @throws MoreNeeded when a consequence has to change what is not locked.
 */
export function decideQuestions(
  questions: Iterable<Question>,
  snapshot: Snapshot,
  moment: Moment,
  consequences: readonly Consequence[],
): Answer[] {
  return Array.from(questions, (question) => {
    const answer = answerTo(question, snapshot, moment);
    advance(snapshot, answer.decision.effects);
    if (isAboutInteraction(answer)) {
      countPassage(snapshot, answer.question.interaction, answer.decision.verdict);
    }
    return consequences.length === 0 ? answer : withConsequences(answer, snapshot, moment, consequences);
  });
}

function withConsequences(
  answer: Answer,
  snapshot: Snapshot,
  moment: Moment,
  consequences: readonly Consequence[],
): Answer {
  const effects = consequencesOf(answer.decision.effects, snapshot, moment, consequences);
  if ('needs' in effects) {
    throw new MoreNeeded(snapshot.account.id, effects.needs);
  }
  return { ...answer, decision: { ...answer.decision, effects } } as Answer;
}

function answerTo(question: Question, snapshot: Snapshot, moment: Moment): Answer {
  switch (question.kind) {
    case 'interaction':
      return { question, decision: interactionDecision(question, snapshot, moment) };
    case 'rejection':
      return { question, decision: decideRejected(question.interaction.id, question.word) };
    case 'due':
      return { question, decision: decideDue(question.due, snapshot, moment) };
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

export function isAboutInteraction(answer: Answer): answer is Extract<Answer, { question: InteractionQuestion }> {
  return answer.question.kind === 'interaction';
}

/** The named state that the input ends in. */
export function endingOf(answer: Answer): string {
  return isAboutInteraction(answer) ? outcomeOf(answer.decision.verdict) : answer.decision.verdict.outcome;
}
