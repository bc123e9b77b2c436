import type { CaseState } from '../case/case-state.js';
import { changeCase } from '../case/change.js';
import type { Snapshot } from '../decision/snapshot.js';
import { causedByAsker, type Circumstances } from './circumstances.js';
import type { AttachCommand, CaseCommand } from './command.js';
import { type CommandDecision, done, unchanged } from './command-decision.js';
import type { Refusal } from './refusal.js';
import { refuseFaulty, refuseSettled } from './refuse.js';

/** Ids of files that a command names. */
export function attachmentsIn(command: CaseCommand): readonly string[] {
  const { attachmentIds = [] } = command.comment ?? {};
  return command.command === 'attach' ? [...command.attachmentIds, ...attachmentIds] : attachmentIds;
}

/** Finds files for a comment that are not there, or are part of something already. */
export function checkCommentFiles(command: CaseCommand, { snapshot, findings }: Circumstances): void {
  const pointer = command.command === 'comment' ? '' : '/comment';
  const named = new Set(command.command === 'attach' ? command.attachmentIds : []);
  command.comment?.attachmentIds?.forEach((id, index) => {
    checkFile(`${pointer}/attachment_ids/${index}`, id, { snapshot, findings }, () => named.has(id));
  });
}

/** Files become part of a case that lives; what is part of it already stays as it is. */
export function attach(
  command: AttachCommand,
  state: CaseState,
  circumstances: Circumstances,
): CommandDecision | Refusal {
  const { snapshot, findings, moment } = circumstances;
  command.attachmentIds.forEach((id, index) => {
    checkFile(`/attachment_ids/${index}`, id, circumstances, () => false, state.id);
  });
  const refused = refuseFaulty(findings, state) ?? refuseSettled(state);
  const added = command.attachmentIds.filter((id) => isFree(id, snapshot));
  if (refused !== null || added.length === 0) {
    return refused ?? unchanged(state);
  }
  const cause = causedByAsker(circumstances, { attachment_ids: added });
  return done(changeCase(state, 'attachment_added', {}, cause), {
    attachments: added.map((id) => ({ id, caseId: state.id, commentId: null, at: moment.now })),
  });
}

function isFree(id: string, { attachments }: Snapshot): boolean {
  return attachments.get(id)?.caseId === null;
}

function checkFile(
  pointer: string,
  id: string,
  { snapshot, findings }: Pick<Circumstances, 'snapshot' | 'findings'>,
  isTaken: () => boolean,
  ownCaseId: string | null = null,
): void {
  const file = snapshot.attachments.get(id);
  if (file === undefined) {
    findings.fault(pointer, 'unknown-attachment', 'The account has no such attachment: upload it first.');
  } else if (isTaken() || (file.caseId !== null && file.caseId !== ownCaseId)) {
    findings.fault(pointer, 'attachment-in-use', 'The attachment is part of something already: upload it again.');
  }
}
