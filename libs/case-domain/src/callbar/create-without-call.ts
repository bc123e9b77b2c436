import type { CaseWish, RequesterWish } from '../command/case-wish.js';
import { decideCommand } from '../command/decide-command.js';
import type { CommandDecision } from '../command/command-decision.js';
import type { Snapshot } from '../decision/snapshot.js';
import type { Moment } from '../decision/moment.js';
import { askerOf } from './bring.js';
import { agentOfPress, groupMeant } from './judge.js';
import type { Press } from '../decision/press.js';

/**
 * A case that an agent wants without a call: a new one for each event. It is the agent's, in the group that was named
 * where she is a member of that, else where she may have it.
 */
export function createWithoutCall(press: Press, snapshot: Snapshot, moment: Moment): CommandDecision | null {
  const { group } = press.event;
  const groupId = group ? groupMeant(group, snapshot.groups)?.id : undefined;
  const inGroup = groupId === undefined ? {} : { groupId: { by: 'id', value: groupId } as const };
  const hers = { assigneeId: { by: 'id', value: press.agentId ?? '' } as const };
  for (const place of [{ ...inGroup, ...hers }, hers, inGroup]) {
    const decided = decideCommand(
      {
        command: 'create',
        caseId: null,
        source: 'callbar',
        followUpOf: null,
        asker: askerOf(press),
        expected: null,
        faults: [],
        wish: { ...wordsOf(press, snapshot), ...place, ...requesterOf(press) },
      },
      snapshot,
      moment,
    );
    if ('effects' in decided) {
      return decided;
    }
  }
  return null;
}

function wordsOf(press: Press, snapshot: Snapshot): CaseWish {
  const { subject, description } = press.event;
  const whose = agentOfPress(press, snapshot)?.email ?? press.event.agent;
  return { subject: subject ?? `Request taken by ${whose}`.slice(0, 150), ...(description ? { description } : {}) };
}

function requesterOf({ event: { contact } }: Press): { readonly requester?: RequesterWish } {
  if (contact?.contactId) {
    return { requester: { form: 'contact', contact: { by: 'id', value: contact.contactId.toLowerCase() } } };
  }
  return contact?.external ? { requester: { form: 'external', ...contact.external } } : {};
}
