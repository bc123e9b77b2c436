import type { CaseState } from '../case/case-state.js';
import { meetContact } from './meet-contact.js';
import { knownIdentity } from './known-identity.js';
import type { KnownComment } from '../case/comment.js';
import type { Effects, HoldChange, Move, NewContact, ThreadMove, Turn } from './effects.js';
import type { NamedInteraction } from './named-interaction.js';
import { identityOf, overdueKeyOf, threadKeyOf, type Member, type Snapshot } from './snapshot.js';
import { loadedBy, waitsForAssignee, workOf } from './work.js';

/** Moves the snapshot past a decision, so that the next one of the batch sees what this one did. */
export function advance(snapshot: Snapshot, effects: Effects): void {
  const { contacts, cases, commentEdits, commentRedactions, attachments, threads, turns, holds, overdue } = effects;
  contacts.forEach((contact) => learnContact(snapshot, contact));
  movePeople(snapshot, effects);
  cases.forEach((changed) => (changed.change.kind === 'purged' ? loseCase : moveCase)(snapshot, changed.state));
  cases.forEach(({ state: { id }, change }) => snapshot.changes.set(id, [...(snapshot.changes.get(id) ?? []), change]));
  effects.moves.forEach((move) => moveSaid(snapshot, move));
  for (const { kind, value, caseId, interactionId } of threads) {
    snapshot.threads.set(threadKeyOf(kind, value), { caseId, interactionId });
  }
  effects.threadMoves.forEach((move) => moveThread(snapshot, move));
  effects.interactionRedactions.forEach(({ id, left }) => {
    knowInteraction(snapshot, id, { interaction: left, isRedacted: true });
  });
  effects.relinks.forEach(({ interactionId, toCaseId }) => {
    knowInteraction(snapshot, interactionId, { caseId: toCaseId });
  });
  turns.forEach((turn) => stampTurn(snapshot, turn));
  attachments.forEach(({ id, caseId }) => snapshot.attachments.set(id, { id, caseId }));
  effects.links.forEach((link) => snapshot.links.set(link.id, link));
  effects.unlinked.forEach((id) => snapshot.links.delete(id));
  commentEdits.forEach(({ at: _, ...texts }) => moveComment(snapshot, texts));
  commentRedactions.forEach(({ id }) => {
    moveComment(snapshot, { id, title: null, bodyText: '', bodyHtml: null, isRedacted: true });
  });
  overdue.forEach(({ caseId, dueAt }) => snapshot.toldOverdue.add(overdueKeyOf(caseId, dueAt)));
  holds.forEach((hold) => moveHold(snapshot, hold));
}

/** What was said in a case that ended in another one is said there now. */
export function moveSaid({ said }: Pick<Snapshot, 'said'>, { fromCaseId, toCaseId }: Move): void {
  const moved = said.get(fromCaseId);
  if (moved !== undefined) {
    said.set(toCaseId, [...(said.get(toCaseId) ?? []), ...moved]);
    said.delete(fromCaseId);
  }
}

/** Who bears a name is asked of the contacts by now. */
function movePeople(snapshot: Snapshot, { contactChanges, contactMerges }: Effects): void {
  if (contactChanges.length + contactMerges.length > 0) {
    const { people, identities } = snapshot;
    people.apply(contactChanges, contactMerges);
    const changed = [
      ...contactChanges.map(({ state }) => state.id),
      ...contactMerges.flatMap(({ loserId, winnerId }) => [loserId, winnerId]),
    ];
    const ids = new Set(changed.flatMap((id) => people.familyOf(id).map((state) => state.id)));
    const gone = contactChanges.flatMap(({ removed }) => removed);
    for (const name of [...gone, ...[...ids].flatMap((id) => people.identitiesOf(id))]) {
      const known = knownIdentity(name, people);
      if (known === null) {
        identities.delete(identityOf(name));
      } else {
        identities.set(identityOf(name), known);
      }
    }
  }
}

function moveThread({ threads }: Snapshot, { kind, value, to }: ThreadMove): void {
  if (to === null) {
    threads.delete(threadKeyOf(kind, value));
  } else {
    threads.set(threadKeyOf(kind, value), to);
  }
}

function knowInteraction({ interactions }: Snapshot, id: string, changed: Partial<NamedInteraction>): void {
  const before = interactions.get(id);
  if (before !== undefined) {
    interactions.set(id, { ...before, ...changed });
  }
}

function moveHold({ legalHolds }: Snapshot, { caseId, on, reason }: HoldChange): void {
  if (on) {
    legalHolds.set(caseId, reason);
  } else {
    legalHolds.delete(caseId);
  }
}

function moveComment({ comments }: Snapshot, changed: Pick<KnownComment, 'id'> & Partial<KnownComment>): void {
  const before = comments.get(changed.id);
  if (before !== undefined) {
    comments.set(changed.id, { ...before, ...changed, version: before.version + 1 });
  }
}

function learnContact(snapshot: Snapshot, contact: NewContact): void {
  const { id, kind, name, identity, verified, more = [] } = contact;
  if (snapshot.people.isAsked) {
    meetContact(snapshot.people, contact);
  }
  for (const one of identity === null ? more : [identity, ...more]) {
    const key = identityOf(one);
    const known = snapshot.identities.get(key);
    if (known === undefined) {
      const alone = {
        contactId: id,
        verified,
        shared: false,
        holders: [id],
        lineContactId: null,
        name,
        blocked: false,
      };
      snapshot.identities.set(key, alone);
    } else if (kind === 'shared_line') {
      snapshot.identities.set(key, { ...known, lineContactId: id });
    } else if ('shared' in one && one.shared === true) {
      snapshot.identities.set(key, { ...known, shared: true, holders: [...known.holders, id] });
    }
  }
}

function moveCase(snapshot: Snapshot, after: CaseState): void {
  const before = snapshot.cases.get(after.id);
  snapshot.cases.set(after.id, after);
  moveLoad(snapshot, before, after);
  noteWaiting(snapshot, after);
}

/** Those that come after it in the batch wait behind it; that the last one was given away is seen by the next batch. */
function noteWaiting({ groups }: Snapshot, state: CaseState): void {
  const group = waitsForAssignee(state) ? groups.get(state.groupId) : undefined;
  const channel = workOf(state);
  if (group !== undefined && !group.waiting.includes(channel)) {
    groups.set(group.id, { ...group, waiting: [...group.waiting, channel] });
  }
}

/** What was purged out of the trash is nobody's load. */
function loseCase({ cases, purged }: Snapshot, { id, number }: CaseState): void {
  cases.delete(id);
  purged.add(id).add(number ?? id);
}

function moveLoad(snapshot: Snapshot, before: CaseState | undefined, after: CaseState): void {
  const from = before === undefined ? null : loadedBy(before);
  const to = loadedBy(after);
  if (from === to) {
    return;
  }
  changeMember(snapshot, from, (member) => ({ ...member, openLoad: member.openLoad - 1 }));
  changeMember(snapshot, to, (member) => ({ ...member, openLoad: member.openLoad + 1 }));
}

/** Loads count over all groups, so every membership of the agent moves. */
function changeMember(snapshot: Snapshot, agentId: string | null, change: (member: Member) => Member): void {
  if (agentId === null) {
    return;
  }
  for (const group of snapshot.groups.values()) {
    if (group.members.some((member) => member.agentId === agentId)) {
      const members = group.members.map((member) => (member.agentId === agentId ? change(member) : member));
      snapshot.groups.set(group.id, { ...group, members });
    }
  }
}

function stampTurn(snapshot: Snapshot, { groupId, agentId, at }: Turn): void {
  const group = snapshot.groups.get(groupId);
  if (group !== undefined) {
    const stamped = (member: Member) => (member.agentId === agentId ? { ...member, lastAssignedAt: at } : member);
    snapshot.groups.set(groupId, { ...group, members: group.members.map(stamped) });
  }
}
