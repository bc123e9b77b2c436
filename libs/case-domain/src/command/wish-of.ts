import type { CaseState } from '../case/case-state.js';
import type { CaseWish } from './case-wish.js';
import type { Circumstances } from './circumstances.js';
import type { ChangeCommand } from './command.js';
import { type HeardWish, hearWish } from './hear-wish.js';
import { changedParticipants } from './participants.js';

/** Commands that say what a case is to be; the others end it, or take it back. */
export type AmendingCommand = Exclude<
  ChangeCommand,
  {
    readonly command:
      | 'comment'
      | 'attach'
      | 'link'
      | 'unlink'
      | 'legal_hold'
      | 'release'
      | 'edit_comment'
      | 'redact_comment'
      | 'delete'
      | 'restore'
      | 'purge'
      | 'merge';
  }
>;

/** What a command wishes of a case: each says a part of what an update can say. */
export function wishOf(command: AmendingCommand, before: CaseState, circumstances: Circumstances): HeardWish {
  switch (command.command) {
    case 'participants':
      return { participants: changedParticipants(before.participants, command, circumstances) };
    case 'tags':
      return { tags: changedTags(before.tags, command) };
    case 'reopen':
      return hearReopening(plainWish(command), circumstances);
    default:
      return hearWish(plainWish(command), circumstances);
  }
}

type PlainCommand = Exclude<AmendingCommand, { readonly command: 'participants' | 'tags' }>;

function plainWish(command: PlainCommand): CaseWish {
  switch (command.command) {
    case 'update':
      return command.wish;
    case 'assign':
      return {
        ...(command.assignee === 'auto' ? {} : { assigneeId: command.assignee }),
        ...(command.group === null ? {} : { groupId: command.group }),
      };
    case 'unassign':
      return { assigneeId: null };
    case 'resolve': {
      const { resolution, status, customFields } = command;
      return { status: 'resolved', resolution, customFields, ...(status === null ? {} : { statusId: status }) };
    }
    case 'reopen': {
      const { status, assignee } = command;
      return {
        ...(status === null ? { status: 'open' } : { statusId: status }),
        ...(assignee === null ? {} : { assigneeId: assignee }),
      };
    }
  }
}

/** A case is reopened into a status in which somebody works on it. */
function hearReopening(wish: CaseWish, circumstances: Circumstances): HeardWish {
  const heard = hearWish(wish, circumstances);
  if (heard.category === 'new' || heard.category === 'resolved') {
    const detail = 'A case is reopened into a status that is open, pending or on hold.';
    circumstances.findings.fault('/status_id', 'status-not-available', detail);
  }
  return heard;
}

function changedTags(
  present: readonly string[],
  { add, remove }: { readonly add: readonly string[]; readonly remove: readonly string[] },
): readonly string[] {
  const removed = new Set(remove);
  const kept = present.filter((tag) => !removed.has(tag));
  return [...new Set([...kept, ...add])];
}
