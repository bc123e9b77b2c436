import type { AgentReference } from '#libs/interaction';
import type { Moment } from './moment.js';
import { canonical, compareText } from './said.js';

/** Tells who is meant by a reference: everything that the call says of that agent, always in the same words. */
export type AgentsOfCall = (reference: AgentReference) => AgentReference;

/**
 * One agent is called now by the extension, now by the email, now by both: whatever shares one of them in a call is one
 * agent. A name alone proves nothing.
 */
export function agentsOfCall(moments: readonly Moment[]): AgentsOfCall {
  const references = moments.flatMap(referencesIn);
  const [first] = references;
  if (first === undefined || references.every((reference) => isWrittenAlike(reference, first))) {
    // Most calls have one agent, called by the same names throughout.
    const one = first === undefined || keysOf(first).length === 0 ? null : described([first]);
    return (reference) => (one !== null && isWrittenAlike(reference, first!) ? one : reference);
  }
  const groups = new Map<string, AgentReference[]>();
  for (const reference of references) {
    const keys = keysOf(reference);
    const met = new Set(keys.flatMap((key) => groups.get(key) ?? []));
    const together = [...met, reference];
    for (const key of new Set(together.flatMap(keysOf))) {
      groups.set(key, together);
    }
  }
  const known = new Map([...groups].map(([key, references]) => [key, described(references)]));
  return (reference) => known.get(keysOf(reference)[0] ?? '') ?? reference;
}

/** Whether both are the same agent, each as `agentsOfCall` tells them. */
export function isSameAgent(one: AgentReference | null, other: AgentReference | null): boolean {
  return one !== null && other !== null && (one === other || canonical(one) === canonical(other));
}

function isWrittenAlike(one: AgentReference, other: AgentReference): boolean {
  return (
    one.email === other.email && one.extension === other.extension && one.id === other.id && one.name === other.name
  );
}

function referencesIn({ agents = [], transfer }: Moment): AgentReference[] {
  return transfer?.agent ? [...agents, transfer.agent] : [...agents];
}

function keysOf({ email, extension, id }: AgentReference): string[] {
  return [
    ...(email ? [`email ${email.toLowerCase()}`] : []),
    ...(extension ? [`extension ${extension}`] : []),
    ...(id ? [`id ${id}`] : []),
  ];
}

function described(references: readonly AgentReference[]): AgentReference {
  const firstOf = (name: keyof AgentReference): string | null =>
    references.flatMap((reference) => reference[name] ?? []).sort(compareText)[0] ?? null;
  const [email, extension, id, name] = [firstOf('email'), firstOf('extension'), firstOf('id'), firstOf('name')];
  return {
    ...(email === null ? {} : { email: email.toLowerCase() }),
    ...(extension === null ? {} : { extension }),
    ...(id === null ? {} : { id }),
    ...(name === null ? {} : { name }),
  };
}
