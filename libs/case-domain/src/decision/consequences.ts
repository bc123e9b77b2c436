import { advance } from './advance.js';
import { followedBy, isWithoutEffect, NO_EFFECTS, type Effects } from './effects.js';
import type { Moment } from './moment.js';
import { bothNeeds, type Needs, type NeedsMore } from './needs.js';
import type { Snapshot } from './snapshot.js';

/**
 * A rule that acts on what was decided, whoever decided it. The snapshot is past the effects already. Its own effects
 * are given to all rules again, so a rule must come to an end by itself. What it needs beside what is locked it names
 * all at once: there are three rounds of that and no more.
 */
export type Consequence = (effects: Effects, snapshot: Snapshot, moment: Moment) => Effects | NeedsMore;

/** More is a circle of rules and no chain. */
const MOST_ROUNDS = 25;

/**
 * What a decision does with everything that follows from it; the snapshot moves past all of it. `NeedsMore` when
 * rules have to change what is not locked; the snapshot is worth nothing then.
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
    const next = roundOf(latest, snapshot, moment, rules);
    if ('needs' in next) {
      return next;
    }
    all = followedBy(all, next);
    latest = next;
  }
  return all;
}

/** All rules are asked though one of them needs more: each start over costs a transaction. */
function roundOf(
  latest: Effects,
  snapshot: Snapshot,
  moment: Moment,
  rules: readonly Consequence[],
): Effects | NeedsMore {
  let next = NO_EFFECTS;
  let needs: Needs | null = null;
  for (const rule of rules) {
    const followed = rule(latest, snapshot, moment);
    if ('needs' in followed) {
      needs = needs === null ? followed.needs : bothNeeds(needs, followed.needs);
    } else {
      advance(snapshot, followed);
      next = followedBy(next, followed);
    }
  }
  return needs === null ? next : { needs };
}
