import type { CaseState } from '../case/case-state.js';
import { changeCase, type CaseFields, sameValue } from '../case/change.js';
import type { Moment } from '../decision/moment.js';
import type { Snapshot } from '../decision/snapshot.js';
import { type Amendment, amend } from './amend.js';
import { causedByAsker, type Circumstances } from './circumstances.js';
import type { CaseCommand, ChangeCommand, InteractionCommand } from './command.js';
import { type CommandDecision, done, unchanged } from './command-decision.js';
import { attach, checkCommentFiles } from './attach.js';
import { createByHand } from './create.js';
import { kindOf } from './event-kind.js';
import { Findings } from './findings.js';
import { decideMove } from './interaction/move.js';
import { decideInteractionRedaction } from './interaction/redact.js';
import { decideLegalHold } from './legal-hold.js';
import { link, unlink } from './link.js';
import { caseCalled } from './names.js';
import { decideRelease } from './release.js';
import { checkComment, withComment } from './comment.js';
import { decideCommentChange } from './comment-change.js';
import { decideMerge } from './merge.js';
import type { Asked } from './place.js';
import type { Refusal } from './refusal.js';
import { refuse, refuseFaulty, refuseSettled, refuseStale, refuseUnknown } from './refuse.js';
import { placeInTable } from './status-machine.js';
import { decideTrash } from './trash.js';
import { type AmendingCommand, wishOf } from './wish-of.js';

/**
 * What becomes of a command. Pure; the first that is true is answered:
 * 1. there is no such case, or it was purged;
 * 2. it has another version than whoever asks has seen;
 * 3. parts of the request are wrong, all of them at once; those that only a live case can tell come after 4;
 * 4. the case is in the trash, closed, or resolved and not reopened by the same command;
 * 5. other cases, or its type, are in the way;
 * 6. nothing changes: it is as it was asked for;
 * 7. it is done, as one event, and one more for what is said with it.
 */
export function decideCommand(command: CaseCommand, snapshot: Snapshot, moment: Moment): CommandDecision | Refusal {
  const findings = new Findings(command.faults);
  const circumstances: Circumstances = { asker: command.asker, snapshot, moment, findings };
  checkComment(command, circumstances);
  checkCommentFiles(command, circumstances);
  return withComment(command, decide(command, circumstances), circumstances);
}

function decide(command: CaseCommand, circumstances: Circumstances): CommandDecision | Refusal {
  switch (command.command) {
    case 'create':
      return createByHand(command, circumstances);
    case 'move_interaction':
    case 'redact_interaction':
      return decideAboutInteraction(command, circumstances);
    default:
      return decideChange(command, circumstances);
  }
}

function decideAboutInteraction(command: InteractionCommand, circumstances: Circumstances): CommandDecision | Refusal {
  const named = circumstances.snapshot.interactions.get(command.interactionId);
  if (named === undefined) {
    return refuse({ code: 'not-found', detail: 'The account has no such interaction.' });
  }
  return command.command === 'move_interaction'
    ? decideMove(command, named, circumstances)
    : decideInteractionRedaction(command, named, circumstances);
}

function decideChange(command: ChangeCommand, circumstances: Circumstances): CommandDecision | Refusal {
  const { snapshot, findings } = circumstances;
  const state = caseCalled(command.target, snapshot);
  if (state === null) {
    return refuseUnknown(command.target, snapshot);
  }
  if (command.command === 'edit_comment' || command.command === 'redact_comment') {
    return decideCommentChange(command, state, circumstances);
  }
  if (command.command === 'unlink') {
    return unlink(command, state, circumstances);
  }
  const stale = refuseStale(command.expected, state);
  if (stale !== null) {
    return stale;
  }
  switch (command.command) {
    case 'delete':
    case 'restore':
    case 'purge':
      return decideTrash(command, state, circumstances);
    case 'legal_hold':
      return decideLegalHold(command, state, circumstances);
    case 'release':
      return decideRelease(command, state, circumstances);
    case 'comment':
      return refuseFaulty(findings, state) ?? refuseSettled(state) ?? unchanged(state);
    case 'attach':
      return attach(command, state, circumstances);
    case 'link':
      return link(command, state, circumstances);
    case 'merge':
      return decideMerge(command, state, circumstances);
    default:
      return decideAmendment(command, state, circumstances);
  }
}

function decideAmendment(
  command: AmendingCommand,
  state: CaseState,
  circumstances: Circumstances,
): CommandDecision | Refusal {
  const { findings } = circumstances;
  const wish = wishOf(command, state, circumstances);
  const faulty = refuseFaulty(findings, state);
  const settled = refuseSettled(state);
  if (settled !== null) {
    return faulty ?? settled;
  }
  if (command.command === 'reopen' && state.category !== 'resolved' && faulty === null) {
    return unchanged(state);
  }
  const auto = command.command === 'assign' && command.assignee === 'auto';
  const asked: Asked = { before: state, from: placeInTable(state), wish, auto };
  const amendment = amend(asked, circumstances);
  const changed = changedFields(state, amendment.fields);
  if (faulty === null && state.category === 'resolved' && (auto || staysAsItIs(amendment.fields, changed))) {
    const detail = 'The case is resolved: reopen it in the same request, or first.';
    return refuse({ code: 'case-resolved', detail }, state);
  }
  const { conflicting } = findings;
  return (
    refuseFaulty(findings, state) ??
    (conflicting === null ? amended(asked, amendment, changed, circumstances) : refuse(conflicting, state))
  );
}

/** What may change while a case is resolved (domain.md §16). */
const FREE_WHILE_RESOLVED: ReadonlySet<string> = new Set(['statusId', 'excludeFromAutoClose']);

function staysAsItIs({ category }: CaseFields, changed: ReadonlySet<string>): boolean {
  return category === 'resolved' && [...changed].some((field) => !FREE_WHILE_RESOLVED.has(field));
}

function changedFields(before: CaseState, fields: CaseFields): ReadonlySet<string> {
  const names = Object.keys(fields) as (keyof CaseFields)[];
  return new Set(names.filter((field) => !sameValue(before[field], fields[field])));
}

function amended(
  { before, auto }: Asked,
  { fields, assignment, turn, contact }: Amendment,
  changed: ReadonlySet<string>,
  circumstances: Circumstances,
): CommandDecision {
  const after = { ...before, ...fields };
  const cause = causedByAsker(circumstances, assignment === null ? {} : { assignment });
  if (auto === true && after.assigneeId === null) {
    return done(changeCase(before, 'assignment_deferred', fields, cause));
  }
  if (changed.size === 0) {
    return unchanged(before);
  }
  const moved = Object.fromEntries(Object.entries(fields).filter(([field]) => changed.has(field)));
  return done(changeCase(before, kindOf(before, after, changed), moved, cause), {
    ...(turn === null ? {} : { turns: [turn] }),
    ...(contact === null ? {} : { contacts: [contact] }),
  });
}
