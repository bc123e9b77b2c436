import { isUuid } from '#libs/interaction';
import { notFound } from '../http/problem.js';

const KEY = /^key:([a-z][a-z0-9_]{0,63})$/;

interface Keyed {
  readonly id: string;
  readonly key: string;
}

/** Says whether a resource is the one of the name. */
export type NamesByKey = (one: Keyed) => boolean;

/** Reads an id, or `key:` and a key; null for a text that names nothing. */
export function readNameByKey(text: string): NamesByKey | null {
  const key = KEY.exec(text)?.[1];
  if (key !== undefined) {
    return (one) => one.key === key;
  }
  return isUuid(text) ? (one) => one.id === text.toLowerCase() : null;
}

/** The one of a path. Throws 404 when the account has none of that name; `what`: "The status". */
export function namedByKey<One extends Keyed>(all: readonly One[], name: string, what: string): One {
  const names = readNameByKey(name);
  const found = names === null ? undefined : all.find(names);
  if (found === undefined) {
    throw notFound(what);
  }
  return found;
}
