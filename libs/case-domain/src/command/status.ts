import type { CaseFields } from '../case/change.js';
import type { Category } from '../case/case-state.js';
import type { CaseStatus } from '../decision/snapshot.js';
import type { Circumstances } from './circumstances.js';
import { agentBehind } from './command.js';
import type { Asked } from './place.js';
import { subcasesOf } from './relatives.js';
import { mayMove } from './status-machine.js';

/** The category that a case has after a command, by who has it then (I-1), and what the table allows. */
export function categoryAfter(asked: Asked, assigneeId: string | null, circumstances: Circumstances): Category {
  const { from, wish } = asked;
  const category = wish.category ?? followingCategory(asked, assigneeId);
  if (category !== 'new' && category !== 'resolved' && assigneeId === null) {
    const detail = `A case that is ${category} has an assignee: name one.`;
    circumstances.findings.fault('/assignee_id', 'assignee-required', detail);
  }
  if (!mayMove(from, category, circumstances.asker.actor.kind)) {
    const detail = 'A resolved case is opened again by giving it to somebody; unassign it afterwards.';
    circumstances.findings.fault(pointerOf(asked), 'new-requires-unassign', detail);
  } else if (category === 'new' && assigneeId !== null) {
    const detail = 'A case is new while nobody has it: unassign it.';
    circumstances.findings.fault(pointerOf(asked), 'new-requires-unassign', detail);
  }
  return category;
}

function followingCategory({ before, from }: Asked, assigneeId: string | null): Category {
  if (from === 'resolved') {
    return 'resolved';
  }
  if (assigneeId === null) {
    return 'new';
  }
  return before.category === 'new' ? 'open' : before.category;
}

function pointerOf({ wish }: Asked): string {
  return wish.status === undefined ? '/status' : '/status_id';
}

/** The status within its category: the one that was named, the one it has, or the category's default (I-16). */
export function statusAfter(asked: Asked, category: Category, { snapshot, findings }: Circumstances): string {
  const { before, from, wish } = asked;
  const stays = from !== 'nothing' && category === before.category;
  const kept = stays ? before.statusId : snapshot.account.defaultStatus[category];
  const statusId = wish.status?.id ?? kept;
  const moves = statusId !== before.statusId || from === 'nothing';
  if (moves && !isAvailable(wish.status, category, snapshot.account.onHoldEnabled)) {
    findings.fault(
      pointerOf(asked),
      'status-not-available',
      'The account does not use this status: name an active one.',
    );
  }
  return statusId;
}

function isAvailable(named: CaseStatus | undefined, category: Category, onHoldEnabled: boolean): boolean {
  return named?.active !== false && (category !== 'on_hold' || onHoldEnabled);
}

/** What resolving and reopening set beside the status (domain.md §5). */
export function resolutionAfter(asked: Asked, category: Category, circumstances: Circumstances): CaseFields {
  const { before, from, wish } = asked;
  const { findings, moment, asker, snapshot } = circumstances;
  const said = wish.resolution ?? null;
  if (category !== 'resolved') {
    if (said !== null) {
      findings.fault('/resolution', 'resolution-not-allowed', 'A resolution belongs to a case that is resolved.');
    }
    const reopened = {
      resolvedAt: null,
      resolution: null,
      resolutionSource: null,
      reopenCount: before.reopenCount + 1,
    };
    return from === 'resolved' ? reopened : {};
  }
  if (from === 'resolved') {
    return wish.resolution === undefined ? {} : { resolution: said };
  }
  if ((said ?? '').trim() === '' && snapshot.account.requireResolution) {
    findings.fault('/resolution', 'resolution-required', 'Say how the case was resolved.');
  }
  if (subcasesOf(before.id, snapshot).some((one) => one.category !== 'resolved')) {
    findings.conflict('subcases-unresolved', 'Some of its subcases are not resolved: resolve them first.');
  }
  const resolutionSource = agentBehind(asker) === null ? 'app' : 'agent';
  return { resolvedAt: moment.now, resolution: said, resolutionSource };
}

/** I-3: what somebody resolves has an assignee. */
export function checkResolved(
  { from }: Asked,
  { category, assigneeId }: { readonly category: Category; readonly assigneeId: string | null },
  { findings }: Circumstances,
): void {
  if (category === 'resolved' && from !== 'resolved' && assigneeId === null) {
    findings.fault('/assignee_id', 'assignee-required', 'Whoever resolves a case has it: name an assignee.');
  }
}
