import { SYSTEM, type Cause } from '../case/case-change.js';
import type { CaseState } from '../case/case-state.js';
import { changeCase, type Changed } from '../case/change.js';
import { comment } from '../case/comment.js';
import { caseEventId } from '../case/event-id.js';
import { causedByAsker, type Circumstances } from './circumstances.js';
import { linkByHand } from './link.js';
import type { MergeCommand } from './command.js';
import { type CommandDecision, done, unchanged } from './command-decision.js';
import { mergedParticipants } from './merge-participants.js';
import { checkSources, namedSources } from './merge-sources.js';
import type { Refusal } from './refusal.js';
import { refuse, refuseFaulty, refuseSettled } from './refuse.js';
import { liveIncidentsOf, subcasesOf } from './relatives.js';

/**
 * Other cases end in this one, all of them or none (domain.md §11). What was said in them stays there, and what people go
 * on saying there comes here. What is asked for again when it is so already changes nothing.
 */
export function decideMerge(
  command: MergeCommand,
  main: CaseState,
  circumstances: Circumstances,
): CommandDecision | Refusal {
  const { findings } = circumstances;
  const sources = namedSources(command, circumstances);
  const participants = command.addParticipants ? mergedParticipants(main, sources, circumstances) : main.participants;
  const refused = refuseFaulty(findings, main) ?? refuseSettled(main);
  if (refused !== null) {
    return refused;
  }
  const left = sources.filter(({ state }) => state.mergedIntoId !== main.id);
  const conflict = checkSources(command, main, left, circumstances);
  if (conflict !== null) {
    return refuse(conflict, main, conflict.faults);
  }
  const ending = left.map(({ state }) => state);
  return ending.length === 0 ? unchanged(main) : merged(main, ending, participants, circumstances);
}

function merged(
  main: CaseState,
  sources: readonly CaseState[],
  participants: readonly string[],
  circumstances: Circumstances,
): CommandDecision {
  const cases = sources.map(({ id, number, interactionCount }) => {
    return { id, number: number === null ? null : Number(number), interactions: interactionCount };
  });
  const details = { reason: 'by_hand', cases };
  const received = changeCase(main, 'merge_received', { participants }, causedByAsker(circumstances, details));
  const cause = followingFrom(received, circumstances);
  const said = comment(received.state, summaryOf(sources), circumstances.moment.newId(), cause);
  const decided = done(received, {
    cases: [said.changed, ...sources.flatMap((source) => endedIn(main, source, cause, circumstances))],
    comments: [said.comment],
    links: sources.map(({ id }) => linkByHand(id, main.id, 'merged', circumstances)),
  });
  return { ...decided, verdict: { ...decided.verdict, version: said.changed.state.version } };
}

/** Nobody closes a case by hand: the merge does (domain.md §4), because of what somebody did with the main case. */
function followingFrom({ state, change }: Changed, { asker, moment }: Circumstances): Cause {
  return {
    actor: SYSTEM,
    interactionId: null,
    causeEventId: caseEventId(state.id, state.version),
    at: moment.now,
    occurredAt: moment.now,
    details: { reason: 'by_hand', by: { ...change.actor, on_behalf_of: asker.onBehalfOf } },
  };
}

/** The source, its resolved subcases, and the incidents that go on under the main problem. */
function endedIn(main: CaseState, source: CaseState, cause: Cause, { snapshot, moment }: Circumstances): Changed[] {
  const { closedStatusId, defaultStatus } = snapshot.account;
  const closed = { closedAt: moment.now, closedReason: 'merged' } as const;
  const resolved =
    source.category === 'resolved'
      ? { statusId: closedStatusId ?? source.statusId }
      : ({
          category: 'resolved',
          statusId: closedStatusId ?? defaultStatus.resolved,
          resolvedAt: moment.now,
          resolution: `Merged into CASE-${main.number}`,
          resolutionSource: 'merge',
        } as const);
  const ended = changeCase(source, 'merged', { ...resolved, ...closed, mergedIntoId: main.id }, cause);
  const subcases = subcasesOf(source.id, snapshot)
    .filter(({ closedAt }) => closedAt === null)
    .map((one) => changeCase(one, 'closed', { statusId: closedStatusId ?? one.statusId, ...closed }, cause));
  const incidents = liveIncidentsOf(source.id, snapshot).map((one) =>
    changeCase(one, 'problem_linked', { problemId: main.id }, cause),
  );
  return [ended, ...subcases, ...incidents];
}

/** A note for colleagues that says what came here. */
function summaryOf(sources: readonly CaseState[]): Parameters<typeof comment>[1] {
  const lines = sources.map(({ number, subject, interactionCount, commentCount }) => {
    return `CASE-${number} ${subject} (${counted(interactionCount, 'message')}, ${counted(commentCount, 'comment')})`;
  });
  const bodyText = ['Merged into this case; what was said in them stays there:', ...lines].join('\n');
  return { public: false, title: null, bodyText, bodyHtml: null, mentionIds: [] };
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
