import type { Interaction } from '#libs/interaction';
import type { SpokenBeside } from '../decision/beside.js';
import type { Snapshot } from '../decision/snapshot.js';
import { isVoicemail, traitsOf, type VoicemailTraits } from './traits-of-voicemail.js';

/** Of one message that came by two ways, both tell when it was left and how long it is. Milliseconds. */
const APART_MS = 120_000;
const LONGER_MS = 1000;
/** What has such an end is no message that another one could be, or not any more. */
const NO_FIRST = /^(waiting|suspended|rejected|erased|duplicate|released)$/;

/**
 * The message that was there first and is the same as this one (channels.md G): it has the same sound; or a system that
 * named only the call meant it; or it came another way, from the same number, at the same time and of the same length,
 * unless both bring a sound of one kind. The nearest in time; a tie is none.
 */
export function firstOfMessage(interaction: Interaction, { beside }: Snapshot): SpokenBeside | null {
  if (!isVoicemail(interaction)) {
    return null;
  }
  const own = traitsOf(interaction);
  const same = [...beside.values()]
    .filter((other) => other.interaction.id !== interaction.id && isVoicemail(other.interaction))
    .filter(({ outcome, interaction: { handling } }) => !NO_FIRST.test(outcome) && handling === interaction.handling)
    .map((other) => ({ other, traits: traitsOf(other.interaction) }))
    .filter(({ traits }) => isSame(own, traits))
    .map(({ other, traits }) => ({ other, apart: apart(own, traits) }))
    .sort((one, another) => one.apart - another.apart);
  const [first, second] = same;
  return first === undefined || first.apart === second?.apart ? null : first.other;
}

function isSame(one: VoicemailTraits, other: VoicemailTraits): boolean {
  return hasSameSound(one, other) || isMeant(one, other) || isSaidTwice(one, other);
}

/** Where nothing was said the same bytes may come from two people, and both want to be called. */
function hasSameSound(one: VoicemailTraits, other: VoicemailTraits): boolean {
  const mayBeOne = one.caller === null || other.caller === null || one.caller === other.caller;
  return mayBeOne && Boolean(one.sound?.sha256) && one.sound?.sha256 === other.sound?.sha256;
}

/** Two messages of one call are two; one that bears the name of the call is whichever was left in it. */
function isMeant(one: VoicemailTraits, other: VoicemailTraits): boolean {
  return one.call !== null && one.call === other.call && one.isNamedByCall !== other.isNamedByCall;
}

function isSaidTwice(one: VoicemailTraits, other: VoicemailTraits): boolean {
  const isOfOneCaller = one.caller !== null && one.caller === other.caller && one.way !== other.way;
  const longer =
    one.durationMs === null || other.durationMs === null ? Infinity : Math.abs(one.durationMs - other.durationMs);
  const bothSound = one.sound !== null && kindOf(one.sound) === (other.sound && kindOf(other.sound));
  return isOfOneCaller && apart(one, other) <= APART_MS && longer <= LONGER_MS && !bothSound;
}

/** Programs write `audio/x-wav` and `audio/wav` for the same. */
function kindOf({ mediaType }: NonNullable<VoicemailTraits['sound']>): string {
  return mediaType.toLowerCase().replace(/;.*$/, '').replace('/x-', '/');
}

function apart({ leftAt: one }: VoicemailTraits, { leftAt: other }: VoicemailTraits): number {
  return Math.abs(Date.parse(one) - Date.parse(other));
}
