import type { Interaction } from '#libs/interaction';

/**
 * Everything that was said in one call and what it went on in, in the order in which it happened: the calls that name each
 * other, over any number of steps, and the messages left in them. `said` may hold the interaction as it was before.
 */
export function familyOf(interaction: Interaction, said: readonly Interaction[]): Interaction[] {
  const others = said.filter(({ id, outcome }) => id !== interaction.id && outcome);
  const names = new Set(namesIn(interaction));
  const members = [interaction];
  let rest = others;
  for (;;) {
    const next = rest.filter((one) => namesIn(one).some((name) => names.has(name)));
    if (next.length === 0) {
      return members.sort(byTime);
    }
    members.push(...next);
    next.flatMap(namesIn).forEach((name) => names.add(name));
    rest = rest.filter((one) => !next.includes(one));
  }
}

/** Calls that it is, continues, or is continued by. */
function namesIn({ threadKeys, references }: Interaction): string[] {
  return [...threadKeys, ...references].flatMap(({ kind, value }) => (kind === 'call_id' ? [value] : []));
}

function byTime(one: Interaction, other: Interaction): number {
  return compare(one.occurredAt, other.occurredAt) || compare(one.id, other.id);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
