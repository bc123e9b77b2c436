import type { NewAttaching } from '../case/attachment.js';
import type { CaseState } from '../case/case-state.js';
import { comment, type NewComment } from '../case/comment.js';
import { effectsOf, followedBy } from '../decision/effects.js';
import { causedByAsker, type Circumstances } from './circumstances.js';
import type { CaseCommand } from './command.js';
import type { CommandDecision } from './command-decision.js';
import type { Refusal } from './refusal.js';
import { refuseSettled } from './refuse.js';

/** Finds who is mentioned and cannot be told. */
export function checkComment(command: CaseCommand, { snapshot, findings }: Circumstances): void {
  const pointer = command.command === 'comment' ? '/mention_ids' : '/comment/mention_ids';
  command.comment?.mentionIds.forEach((id, index) => {
    const agent = snapshot.agentsById.get(id);
    if (agent === undefined) {
      findings.fault(`${pointer}/${index}`, 'unknown-agent', 'The account has no such agent.');
    } else if (!agent.active) {
      findings.fault(`${pointer}/${index}`, 'agent-inactive', 'The agent is not active any more: mention another one.');
    }
  });
}

/** Some commands are for cases in which nothing is said any more; one that is taken out of the trash lives again. */
function settledBefore({ command }: CaseCommand, state: CaseState | undefined): Refusal | null {
  return state === undefined ? null : refuseSettled(command === 'restore' ? { ...state, deletedAt: null } : state);
}

/** What is said with a command is an event of its own, right behind the command's; a refused one says nothing. */
export function withComment(
  command: CaseCommand,
  decision: CommandDecision | Refusal,
  circumstances: Circumstances,
): CommandDecision | Refusal {
  if (command.comment === undefined || 'code' in decision) {
    return decision;
  }
  const { effects, verdict } = decision;
  const { caseId } = verdict;
  const { snapshot, moment } = circumstances;
  const known = caseId === null ? undefined : snapshot.cases.get(caseId);
  const settled = settledBefore(command, known);
  if (settled !== null) {
    return settled;
  }
  const changed = effects.cases.findLast(({ state }) => state.id === caseId);
  const before = changed?.state ?? known;
  if (before === undefined) {
    return decision;
  }
  const said = comment(before, command.comment, moment.newId(), causedByAsker(circumstances, {}));
  return {
    ...decision,
    verdict: { ...verdict, outcome: 'done', version: said.changed.state.version, commentId: said.comment.id },
    effects: followedBy(
      effects,
      effectsOf({ cases: [said.changed], comments: [said.comment], attachments: filesOf(said.comment) }),
    ),
  };
}

function filesOf({ id: commentId, caseId, at, attachmentIds = [] }: NewComment): NewAttaching[] {
  return attachmentIds.map((id) => ({ id, caseId, commentId, at }));
}
