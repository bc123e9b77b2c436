import { malformedHeader } from './problem.js';

/** The versions that a change may be made to; `any` is `*`. Weak tags never match (RFC 9110 §13.1.1) and are left out. */
export type IfMatch = 'any' | readonly string[];

const TAG = /^(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"$/;

/** Reads `If-Match`: `"7"`, a list, `*`; null when it was not sent. Throws 400 for anything else. */
export function readIfMatch(header: string | undefined): IfMatch | null {
  if (header === undefined) {
    return null;
  }
  if (header.trim() === '*') {
    return 'any';
  }
  // A tag of ours has no comma, so one of somebody else's that is cut in two is simply no tag.
  const tags = header.split(',').flatMap((part) => (part.trim() === '' ? [] : [TAG.exec(part.trim())]));
  if (tags.length === 0 || tags.includes(null)) {
    throw malformedHeader('If-Match', 'Must be an ETag as it was answered, quotes included, a list of them, or *.');
  }
  return tags.flatMap((tag) => (tag?.[1] === undefined ? [tag?.[2] ?? ''] : []));
}

/** The versions among the tags; a tag that is none of ours names none. */
export function namedVersions(ifMatch: readonly string[]): number[] {
  return ifMatch.filter((tag) => /^[1-9]\d{0,9}$/.test(tag)).map(Number);
}

/** The newest of the named versions, to tell what has changed since; null when none of ours is named. */
export function namedVersion(ifMatch: IfMatch): number | null {
  const versions = ifMatch === 'any' ? [] : namedVersions(ifMatch);
  return versions.length === 0 ? null : Math.max(...versions);
}
