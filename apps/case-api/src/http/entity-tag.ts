/** Strong tag of a version: `"7"`. */
export function entityTag(version: number): string {
  return `"${version}"`;
}

/** Whether `If-None-Match` names the tag: weak comparison (RFC 9110 §13.1.2), lists, and `*`. */
export function namesEntityTag(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) {
    return false;
  }
  return ifNoneMatch.split(',').some((part) => {
    const named = part.trim();
    return named === '*' || named.replace(/^W\//, '') === tag;
  });
}
