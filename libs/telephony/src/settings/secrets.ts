/** The secrets that are right: the current one, and the one before while it is changed. */
export function secretsInUse(current: string, previous: string | null): readonly string[] {
  return previous === null ? [current] : [current, previous];
}
