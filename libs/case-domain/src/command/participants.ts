import { MOST_PARTICIPANTS } from '../case/participant.js';
import type { ParticipantWish } from './case-wish.js';
import type { Circumstances } from './circumstances.js';
import { agentCalled, contactCalled } from './names.js';

/** The participants as a case keeps them; who is named twice takes part once, by what was said last. */
export function chosenParticipants(
  wishes: readonly ParticipantWish[],
  circumstances: Circumstances,
  pointer = '/participants',
): string[] {
  const byPerson = new Map<string, string>();
  wishes.forEach((wish, index) => {
    const person = personOf(wish, circumstances, `${pointer}/${index}`);
    if (person !== null) {
      byPerson.set(person, wish.role === 'follower' ? `follower:${person}` : person);
    }
  });
  return atMost([...byPerson.values()], circumstances, pointer);
}

/** The participants of a case with others added and taken away. */
export function changedParticipants(
  present: readonly string[],
  change: { readonly add: readonly ParticipantWish[]; readonly remove: readonly ParticipantWish[] },
  circumstances: Circumstances,
): string[] {
  const removed = new Set(chosenParticipants(change.remove, circumstances, '/remove').map(withoutRole));
  const added = chosenParticipants(change.add, circumstances, '/add');
  const replaced = new Set(added.map(withoutRole));
  const kept = present.filter((one) => !removed.has(withoutRole(one)) && !replaced.has(withoutRole(one)));
  const same = added.every((one) => present.includes(one)) && kept.length + added.length === present.length;
  return same ? [...present] : atMost([...kept, ...added], circumstances, '/add');
}

function withoutRole(participant: string): string {
  return participant.replace(/^follower:/, '');
}

function atMost(participants: string[], { findings }: Circumstances, pointer: string): string[] {
  if (participants.length > MOST_PARTICIPANTS) {
    findings.fault(pointer, 'too-many-items', `A case has at most ${MOST_PARTICIPANTS} participants.`);
  }
  return participants;
}

function personOf(wish: ParticipantWish, { snapshot, findings }: Circumstances, pointer: string): string | null {
  switch (wish.form) {
    case 'email':
      return `email:${wish.value}`;
    case 'contact': {
      const id = contactCalled(wish.contact, snapshot);
      if (id === null) {
        findings.fault(`${pointer}/contact_id`, 'unknown-contact', 'The account has no such contact.');
      }
      return id === null ? null : `contact:${id}`;
    }
    case 'agent': {
      const agent = agentCalled(wish.agent, snapshot);
      if (agent === null) {
        findings.fault(`${pointer}/agent_id`, 'unknown-agent', 'The account has no such agent.');
      }
      return agent === null ? null : `agent:${agent.id}`;
    }
  }
}
