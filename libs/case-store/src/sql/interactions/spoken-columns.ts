import { spokenKeysOf } from '#libs/case-domain';
import type { Interaction } from '#libs/interaction';
import { plainArray, textArray } from '../../array-literals.js';

/** With whom each was spoken, on which line, and what came of it: nulls of what was written. */
export function spokenColumns(interactions: readonly Interaction[]): [string, string, string] {
  const keys = interactions.map(spokenKeysOf);
  return [
    textArray(keys.map(({ caller }) => caller)),
    textArray(keys.map(({ line }) => line)),
    plainArray(keys.map(({ outcome }) => outcome)),
  ];
}
