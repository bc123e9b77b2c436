import type { ContactMerge } from './contact-change.js';
import { compare } from './told.js';

/** Who lives on in whom, and merges that said nothing new: those of two contacts that were one already. */
export interface Survivors {
  /** By contact, as far as merges name it: the one that it lives on in, which may be itself. */
  readonly of: ReadonlyMap<string, string>;
  /** Ids of merges whose two contacts were one already. */
  readonly idle: ReadonlySet<string>;
}

/**
 * Goes through all merges in the order in which they were said, by instant and id: the loser's survivor lives on in the
 * winner's. Which order they became known in changes nothing, and a circle cannot come about: the merge that would close
 * it is idle.
 */
export function survivorsOf(merges: Iterable<ContactMerge>): Survivors {
  const next = new Map<string, string>();
  const idle = new Set<string>();
  const rootOf = (id: string): string => {
    let root = id;
    for (let up = next.get(root); up !== undefined && up !== root; up = next.get(root)) {
      root = up;
    }
    return root;
  };
  for (const { id, loserId, winnerId } of inOrderOfSaying(merges)) {
    const loser = rootOf(loserId);
    const winner = rootOf(winnerId);
    [loserId, winnerId].forEach((one) => next.set(one, next.get(one) ?? one));
    if (loser === winner) {
      idle.add(id);
    } else {
      next.set(loser, winner);
    }
  }
  return { of: new Map([...next.keys()].map((id) => [id, rootOf(id)])), idle };
}

function inOrderOfSaying(merges: Iterable<ContactMerge>): ContactMerge[] {
  return [...merges]
    .filter(({ undoneAt }) => undoneAt === null)
    .sort((one, other) => compare(one.at, other.at) || compare(one.id, other.id));
}
