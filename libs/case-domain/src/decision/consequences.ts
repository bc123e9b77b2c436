import { advance } from './advance.js';
import { followedBy, isWithoutEffect, NO_EFFECTS, type Effects } from './effects.js';
import type { Moment } from './moment.js';
import type { NeedsMore } from './needs.js';
import type { Snapshot } from './snapshot.js';

/**
 * A rule that acts on what was decided, whoever decided it. The snapshot is past the effects already. Its own effects
 * are given to all rules again, so a rule must come to an end by itself.
 */
export type Consequence = (effects: Effects, snapshot: Snapshot, moment: Moment) => Effects | NeedsMore;

/** More is a circle of rules and no chain. */
const MOST_ROUNDS = 25;

/**
 * What a decision does with everything that follows from it; the snapshot moves past all of it. `NeedsMore` when a
 * rule has to change what is not locked.
 *
 * @throws Error when the rules never come to an end.
 */
export function consequencesOf(
  decided: Effects,
  snapshot: Snapshot,
  moment: Moment,
  rules: readonly Consequence[],
): Effects | NeedsMore {
  let all = decided;
  let latest = decided;
  for (let round = 0; rules.length > 0 && !isWithoutEffect(latest); round += 1) {
    if (round === MOST_ROUNDS) {
      throw new Error(`consequences of consequences did not end after ${MOST_ROUNDS} rounds`);
    }
    let next = NO_EFFECTS;
    for (const rule of rules) {
      const followed = rule(latest, snapshot, moment);
      if ('needs' in followed) {
        return followed;
      }
      advance(snapshot, followed);
      next = followedBy(next, followed);
    }
    all = followedBy(all, next);
    latest = next;
  }
  return all;
}
