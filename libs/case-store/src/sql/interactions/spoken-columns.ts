import { namesOfVoicemail, spokenKeysOf } from '#libs/case-domain';
import type { Interaction } from '#libs/interaction';
import { plainArray, textArray } from '../../array-literals.js';

/** With whom each was spoken, on which line, what came of it, and names of messages: nulls of what was written. */
export function spokenColumns(interactions: readonly Interaction[]): [string, string, string, string] {
  const keys = interactions.map(spokenKeysOf);
  const names = interactions.map(namesOfVoicemail);
  return [
    textArray(keys.map(({ caller }) => caller)),
    textArray(keys.map(({ line }) => line)),
    plainArray(keys.map(({ outcome }) => outcome)),
    textArray(names.map((own) => (own.length === 0 ? null : textArray(own)))),
  ];
}
